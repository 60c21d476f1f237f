import {
  Field,
  FixedSizeList,
  Float16,
  Float32,
  Int32,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  type Data,
} from 'apache-arrow';
import {assertLength, assertPositiveInteger, type CaptureOptions, type LayerInfo} from '../shared/index.js';
import {ArrowFileWriter} from './arrow-file-writer.js';
import {copyChannels} from './channel-major.js';
import {encodeFloat16} from './float16.js';
import type {ActivationsFile} from './manifest.js';
import {replaceFile} from './replace-file.js';

/** Maximum number of channels transposed at once, as far as they fit in this many bytes (but at least one). */
const BLOCK_CHANNELS = 32;
const BLOCK_BYTES = 16 << 20;

/** Activations that are read some samples at a time. */
export interface MapsSource {
  /** Samples to read at once. */
  block: number;
  /** Values of `count` samples from `start` on, [count, ...spatial, channels]; not modified, and valid until the next read. */
  read(start: number, count: number): Float32Array;
}

/** The activations of one layer at one epoch, as tfjs gives them. */
export interface LayerMaps {
  layer: LayerInfo;
  /** Shape [samples, ...spatial, channels]. Not modified. */
  maps: Float32Array | MapsSource;
  samples: number;
}

/**
 * Writes one layer's activations as an uncompressed Arrow file with one record batch per channel: columns `channel`
 * and `sample` int32, and `map`, a fixed-size list of the pixels in row-major order.
 *
 * @param path - Native path of the file.
 * @returns What the manifest says of the file, but for its path.
 * @throws {RangeError} if `maps` does not have samples x pixels x channels elements.
 */
export async function writeActivations(
  path: string,
  {layer, maps, samples}: LayerMaps,
  dtype: CaptureOptions['dtype'],
): Promise<Omit<ActivationsFile, 'path'>> {
  const {channels, spatial} = layer;
  const pixels = pixelCount(spatial);
  assertPositiveInteger('writeActivations', 'samples', samples);
  if (maps instanceof Float32Array) {
    assertLength('writeActivations', `maps of ${layer.name}`, maps, samples * pixels * channels);
  }
  const source = maps instanceof Float32Array ? {block: samples, read: () => maps} : maps;
  const blockChannels = channelsPerBlock(channels, samples * pixels);
  const block = new Uint32Array(blockChannels * samples * pixels);
  const toBatch = batchMaker({samples, pixels, dtype});
  const batches: ActivationsFile['batches'] = [];

  const digest = await replaceFile(path, async append => {
    const writer = new ArrowFileWriter(append);
    for (let first = 0; first < channels; first += blockChannels) {
      const count = Math.min(blockChannels, channels - first);
      for (let start = 0; start < samples; start += source.block) {
        const values = source.read(start, Math.min(source.block, samples - start));
        const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
        const within = {positions: samples * pixels, at: start * pixels};
        copyChannels(bits, {channels, first, count, out: block, within});
      }
      const values = blockValues(block.subarray(0, count * samples * pixels), dtype);
      for (let c = 0; c < count; c++) {
        const map = values.subarray(c * samples * pixels, (c + 1) * samples * pixels);
        batches.push(writer.add(toBatch(first + c, map)));
      }
      await writer.flush(); // `block` is written, and free for the next channels
    }
    await writer.end();
  });
  return {
    kind: 'activations',
    ...digest,
    layer: layer.name,
    dtype,
    shape: [channels, samples, pixels],
    spatial,
    batches,
  };
}

/** Pixels of one map; 1 for a dense layer's unit. */
export function pixelCount(spatial: readonly number[]): number {
  return spatial.reduce((product, extent) => product * extent, 1);
}

function channelsPerBlock(channels: number, valuesPerChannel: number): number {
  const fitting = Math.max(1, Math.floor(BLOCK_BYTES / (4 * valuesPerChannel)));
  return Math.min(channels, BLOCK_CHANNELS, fitting);
}

type MapValues = Float32Array | Uint16Array;

function blockValues(bits: Uint32Array, dtype: CaptureOptions['dtype']): MapValues {
  if (dtype === 'float32') return new Float32Array(bits.buffer, bits.byteOffset, bits.length);
  const halves = new Uint16Array(bits.length);
  encodeFloat16(bits, halves);
  return halves;
}

interface BatchShape {
  samples: number;
  pixels: number;
  dtype: CaptureOptions['dtype'];
}

/** Makes the record batch of a channel around its values, without copying them. */
function batchMaker({
  samples,
  pixels,
  dtype,
}: BatchShape): (channel: number, values: MapValues) => RecordBatch {
  const valueType = dtype === 'float32' ? new Float32() : new Float16();
  const mapType = new FixedSizeList(pixels, new Field('item', valueType, false));
  const schema = new Schema([
    new Field('channel', new Int32(), false),
    new Field('sample', new Int32(), false),
    new Field('map', mapType, false),
  ]);
  const rowType = new Struct(schema.fields);
  const sample = makeData({type: new Int32(), data: Int32Array.from({length: samples}, (_, i) => i)});
  return (channel, values) => {
    const columns: Data[] = [
      makeData({type: new Int32(), data: new Int32Array(samples).fill(channel)}),
      sample,
      makeData({type: mapType, length: samples, child: makeData({type: valueType, data: values})}),
    ];
    return new RecordBatch(schema, makeData({type: rowType, length: samples, children: columns}));
  };
}
