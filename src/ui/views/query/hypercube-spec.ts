import type {CubeSpec} from '../../charts/cube-spec.js';
import type {Cut} from '../../model/cut.js';
import {spansOf} from '../../model/span.js';
import type {RunAxes} from '../../model/view-of-query.js';

/** The layers of a run as slabs, with the part that a query is of, and a channel that is marked. */
export function cubeSpec(run: RunAxes, chosen: Cut, mark: CubeSpec['mark']): CubeSpec {
  const depths = Math.max(1, run.classes.length);
  const whole = [{from: 0, to: depths - 1}];
  return {
    slabs: run.layers.map(({index, channels}) => ({label: String(index), rows: channels})),
    depths,
    cuts: [...chosen.layers].map(([slab, rows]) => ({
      slab,
      rows: rows && spansOf(rows),
      depths: chosen.classes === null ? whole : spansOf(chosen.classes),
    })),
    mark,
  };
}
