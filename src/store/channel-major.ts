/** Side of a tile: its rows of source and of target fit the first-level cache even where strides collide. */
const TILE = 16;

export interface ChannelBlock {
  /** Channels of the source, its last axis. */
  channels: number;
  /** First channel to take. */
  first: number;
  /** How many channels to take. */
  count: number;
  /** Overwritten; shape [count, positions], at least that long. */
  out: Uint32Array;
  /** Set if `out` has more positions than the source: their number, and the index of the source's first. */
  within?: {positions: number; at: number};
}

/**
 * Copies some channels of channels-last maps to channel-major order.
 *
 * Values are copied as bits: through floats, some processors would quieten signalling NaNs.
 *
 * @param source - Shape [positions, channels], where a position is one pixel of one sample. Not modified.
 */
export function copyChannels(source: Uint32Array, {channels, first, count, out, within}: ChannelBlock): void {
  const positions = source.length / channels;
  const row = within?.positions ?? positions;
  const at = within?.at ?? 0;
  for (let start = 0; start < positions; start += TILE) {
    const end = Math.min(positions, start + TILE);
    for (let c = 0; c < count; c++) {
      let from = start * channels + first + c;
      let to = c * row + at + start;
      for (let i = start; i < end; i++) {
        out[to++] = source[from] as number;
        from += channels;
      }
    }
  }
}
