import type {Picture} from '../shared/index.js';
import type {SummaryValue, Tensor} from './event-proto.js';
import {BUCKET_COUNT, histogramBuckets} from './histogram-buckets.js';
import {encodePng} from './png.js';

/** Pictures of one tag and step. */
export interface ImageSummary {
  /** One or more; TensorBoard numbers them as samples. */
  pictures: readonly Picture[];
  /** Markdown shown with the picture. */
  description?: string;
}

/**
 * A scalar as the `scalars` plugin wants it: float32 and shape [], since TensorBoard's default loader silently drops
 * every other type and shape.
 *
 * @param value - Rounded to float32; NaN and infinities are kept, a magnitude above 3.4e38 becomes infinite.
 */
export function scalarValue(tag: string, value: number): SummaryValue {
  const content = new Uint8Array(4);
  new DataView(content.buffer).setFloat32(0, value, true);
  return {
    tag,
    tensor: {dtype: 'DT_FLOAT', tensorShape: {dim: []}, tensorContent: content},
    metadata: {pluginData: {pluginName: 'scalars'}, dataClass: 'DATA_CLASS_SCALAR'},
  };
}

/** The distribution of `values` as the `histograms` plugin wants it: float64 rows (left, right, count), shape [30, 3]. */
export function histogramValue(tag: string, values: ArrayLike<number>): SummaryValue {
  const rows = histogramBuckets(values);
  const content = new Uint8Array(rows.byteLength);
  const view = new DataView(content.buffer);
  for (let i = 0; i < rows.length; i++) view.setFloat64(i * 8, rows[i] as number, true);
  return {
    tag,
    tensor: {
      dtype: 'DT_DOUBLE',
      tensorShape: {dim: [{size: BUCKET_COUNT}, {size: 3}]},
      tensorContent: content,
    },
    metadata: {pluginData: {pluginName: 'histograms'}, dataClass: 'DATA_CLASS_TENSOR'},
  };
}

/**
 * Pictures as the `images` plugin wants them: width and height as text, then a PNG each.
 *
 * @throws {RangeError} if there is no picture, or one has no pixel.
 */
export function imageValue(tag: string, {pictures, description}: ImageSummary): SummaryValue {
  const [first] = pictures;
  if (!first) throw new RangeError(`EventWriter.images: tag "${tag}" needs at least one picture.`);
  const parts = [utf8(String(first.width)), utf8(String(first.height)), ...pictures.map(encodePng)];
  return {
    tag,
    tensor: stringTensor(parts, [parts.length]),
    metadata: {
      pluginData: {pluginName: 'images'},
      dataClass: 'DATA_CLASS_BLOB_SEQUENCE',
      ...(description !== undefined && {summaryDescription: description}),
    },
  };
}

/** Markdown for the `text` plugin. */
export function textValue(tag: string, markdown: string): SummaryValue {
  return {
    tag,
    tensor: stringTensor([utf8(markdown)], []),
    metadata: {pluginData: {pluginName: 'text'}, dataClass: 'DATA_CLASS_TENSOR'},
  };
}

/** Strings go into `string_val`, never into the tensor's content. */
export function stringTensor(strings: Uint8Array[], shape: number[]): Tensor {
  return {dtype: 'DT_STRING', tensorShape: {dim: shape.map(size => ({size}))}, stringVal: strings};
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
