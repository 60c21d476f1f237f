import {field, fixedSizeList, float16, float32, int32, type Batch, type Field} from '@uwdata/flechette';
import type {CaptureOptions} from '../shared/index.js';
import {batchOf} from './arrow/table-of.js';
import {encodeFloat16} from './float16.js';

interface MapShape {
  samples: number;
  pixels: number;
  dtype: CaptureOptions['dtype'];
}

/** Memory for some channels of a layer at a time, and the record batches around it. */
export interface ChannelBatches {
  fields: Field[];
  /** One per channel of a layer: channel c is in slot c modulo the number of slots. */
  batchesOf(channels: number): Batch<unknown>[][];
  /** Float32 bits, [slots, samples, pixels]. */
  bits: Uint32Array;
  /** Makes the batches hold `count` channels from `first` on, whose values are in `bits`. */
  finish(first: number, count: number): void;
}

/**
 * Makes a block of channels, of which each value lies once in memory; as float16, once more.
 *
 * @param slots - Channels it holds.
 */
export function channelBatches(slots: number, {samples, pixels, dtype}: MapShape): ChannelBatches {
  const values = samples * pixels;
  const bits = new Uint32Array(slots * values);
  const halves = dtype === 'float16' ? new Uint16Array(bits.length) : null;
  const floats = halves ?? new Float32Array(bits.buffer);
  const valueType = halves ? float16() : float32();
  const mapType = fixedSizeList(field('item', valueType, false), pixels);
  const channelOf = new Int32Array(slots * samples);
  const sample = batchOf(int32(), {
    length: samples,
    values: Int32Array.from({length: samples}, (_, i) => i),
  });
  const slotBatches = Array.from({length: slots}, (_, slot) => {
    const channel = channelOf.subarray(slot * samples, (slot + 1) * samples);
    const map = floats.subarray(slot * values, (slot + 1) * values);
    const children = [batchOf(valueType, {length: values, values: map})];
    return [
      batchOf(int32(), {length: samples, values: channel}),
      sample,
      batchOf(mapType, {length: samples, children}),
    ];
  });
  const fields = [
    field('channel', int32(), false),
    field('sample', int32(), false),
    field('map', mapType, false),
  ];
  return {
    fields,
    bits,
    batchesOf: channels =>
      Array.from({length: channels}, (_, c) => slotBatches[c % slots] as Batch<unknown>[]),
    finish(first, count) {
      for (let slot = 0; slot < count; slot++) {
        channelOf.fill(first + slot, slot * samples, (slot + 1) * samples);
      }
      if (halves) encodeFloat16(bits.subarray(0, count * values), halves);
    },
  };
}
