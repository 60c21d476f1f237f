import type {LayerInfo} from '../../shared/index.js';
import type {Run} from '../../store/index.js';
import {membersOf, readLayerMaps} from '../slice/layer-maps.js';
import type {ResolvedSlice} from '../slice/resolve-slice.js';

/**
 * How many finite values of a slice lie outside a fixed range, and so in the end bins of its histograms. Of a layer whose
 * extremes are known to lie within nothing is read.
 */
export async function clippedValues(
  run: Run,
  [lo, hi]: readonly [number, number],
  {epoch, layer, slice}: {epoch: number; layer: LayerInfo; slice: ResolvedSlice},
): Promise<number> {
  const rows = await run.table('layer_entropy', {epochs: [epoch], layer: layer.name});
  const whole = rows.find(({class: label}) => label === null);
  if (whole && whole.min !== null && whole.max !== null && lo <= whole.min && whole.max <= hi) return 0;
  let clipped = 0;
  // One channel at a time, so that the layer and its answer need not fit in memory together.
  for (const channel of slice.channels ?? Array.from({length: layer.channels}, (_, i) => i)) {
    const read = await readLayerMaps(run, epoch, layer, [channel]);
    for (const set of slice.sets) {
      for (const sample of membersOf(read, set)) {
        const map = read.maps.subarray(sample * read.pixels, (sample + 1) * read.pixels);
        for (const value of map) {
          if ((value < lo || value > hi) && Number.isFinite(value)) clipped++;
        }
      }
    }
  }
  return clipped;
}
