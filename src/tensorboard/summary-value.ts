import type {SummaryValue} from './event-proto.js';
import {BUCKET_COUNT, histogramBuckets} from './histogram-buckets.js';

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
