import {assertLength, assertPositiveInteger, type CaptureOptions, type LayerInfo} from '../shared/index.js';
import {elementCount} from '../shared/layer-size.js';
import {fileLayout} from './arrow/file-layout.js';
import {channelBatches} from './channel-batches.js';
import {copyChannels} from './channel-major.js';
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
  const pixels = elementCount(spatial);
  assertPositiveInteger('writeActivations', 'samples', samples);
  if (maps instanceof Float32Array) {
    assertLength('writeActivations', `maps of ${layer.name}`, maps, samples * pixels * channels);
  }
  const source = maps instanceof Float32Array ? {block: samples, read: () => maps} : maps;
  const slots = channelsPerBlock(channels, samples * pixels);
  const block = channelBatches(slots, {samples, pixels, dtype});
  const {head, batches, tail} = fileLayout(block.fields, block.batchesOf(channels));

  const digest = await replaceFile(path, async append => {
    await append(head);
    for (let first = 0; first < channels; first += slots) {
      const count = Math.min(slots, channels - first);
      for (let start = 0; start < samples; start += source.block) {
        const values = source.read(start, Math.min(source.block, samples - start));
        const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
        const within = {positions: samples * pixels, at: start * pixels};
        copyChannels(bits, {channels, first, count, out: block.bits, within});
      }
      block.finish(first, count);
      const chunks = batches.slice(first, first + count).flatMap(batch => batch.chunks);
      await append(chunks); // the block is written, and free for the next channels
    }
    await append(tail);
  });
  return {
    kind: 'activations',
    ...digest,
    layer: layer.name,
    dtype,
    shape: [channels, samples, pixels],
    spatial,
    batches: batches.map(({at}) => at),
  };
}

function channelsPerBlock(channels: number, valuesPerChannel: number): number {
  const fitting = Math.max(1, Math.floor(BLOCK_BYTES / (4 * valuesPerChannel)));
  return Math.min(channels, BLOCK_CHANNELS, fitting);
}
