import type {MapExtents} from './map-extents.js';
import type {MapsShape} from './shapes.js';

/**
 * The values that span a map's histogram: those of its whole `layer`, of its `channel` over all samples, of the
 * `map` alone, or a fixed closed interval.
 */
export type RangeRule = 'layer' | 'channel' | 'map' | readonly [lo: number, hi: number];

/** Closed value range per map, [samples, channels]. Where no value is finite, lo > hi. */
export interface ValueRanges {
  lo: Float64Array;
  hi: Float64Array;
}

/** Those of the maps from `first` on, before `end`; the same memory. */
export function rangesOf({lo, hi}: ValueRanges, first: number, end: number): ValueRanges {
  return {lo: lo.subarray(first, end), hi: hi.subarray(first, end)};
}

/** The range that `rule` gives each map. Finite values count also where their map holds a non-finite one. */
export function valueRanges(extents: MapExtents, shape: MapsShape, rule: RangeRule): ValueRanges {
  if (rule === 'map') return {lo: extents.min, hi: extents.max};
  const maps = shape.samples * shape.channels;
  const lo = new Float64Array(maps);
  const hi = new Float64Array(maps);
  if (rule !== 'layer' && rule !== 'channel') {
    lo.fill(rule[0]);
    hi.fill(rule[1]);
    return {lo, hi};
  }
  // The maps whose numbers leave the same remainder share a range.
  const groups = rule === 'layer' ? 1 : shape.channels;
  for (let group = 0; group < groups; group++) {
    let groupMin = Infinity;
    let groupMax = -Infinity;
    for (let map = group; map < maps; map += groups) {
      groupMin = Math.min(groupMin, extents.min[map]);
      groupMax = Math.max(groupMax, extents.max[map]);
    }
    for (let map = group; map < maps; map += groups) {
      lo[map] = groupMin;
      hi[map] = groupMax;
    }
  }
  return {lo, hi};
}
