import {readExtents} from './file-reader.js';
import {decodeFloat16} from './float16.js';
import type {ActivationsFile} from './manifest.js';
import {RunFormatError} from './run-format-error.js';

/** Feature maps of some channels of a layer. */
export interface ChannelMaps {
  /** Channel indices, in the order of the first axis of `maps`. */
  channels: number[];
  samples: number;
  /** Pixels of one map, row-major. */
  pixels: number;
  /** Shape [channels, samples, pixels]. */
  maps: Float32Array;
}

/**
 * Reads the record batches of some channels: one read a channel, at the offset the manifest gives, into the result.
 *
 * @param root - The run folder.
 * @throws {RunFormatError} `damaged` if the file is missing or changed, or its manifest entry makes no sense.
 */
export async function readActivations(
  root: string,
  file: ActivationsFile,
  channels: number[],
): Promise<ChannelMaps> {
  const [, samples, pixels] = file.shape;
  const size = samples * pixels;
  const offsets = channels.map(channel => checkedOffset(root, file, channel));
  let maps = new Float32Array(0);
  let halves = new Uint16Array(0);
  await readExtents(root, file, () => {
    maps = new Float32Array(channels.length * size);
    if (file.dtype === 'float16') halves = new Uint16Array(maps.length);
    const into = file.dtype === 'float16' ? halves : maps;
    return offsets.map((offset, i) => ({offset, into: into.subarray(i * size, (i + 1) * size)}));
  });
  if (file.dtype === 'float16') decodeFloat16(halves, new Uint32Array(maps.buffer));
  return {channels, samples, pixels, maps};
}

/** Locates a channel's values, after checking that they are within the file: its size bounds what is allocated. */
function checkedOffset(
  root: string,
  {path, shape, dtype, bytes, batches}: ActivationsFile,
  channel: number,
): number {
  const [, samples, pixels] = shape;
  const length = samples * pixels * (dtype === 'float32' ? 4 : 2);
  const offset = batches[channel]?.valuesOffset;
  if (offset === undefined || offset + length > bytes) {
    throw new RunFormatError(
      'damaged',
      `The manifest of ${path} in ${root} is damaged: channel ${channel} is not in the file.`,
    );
  }
  return offset;
}
