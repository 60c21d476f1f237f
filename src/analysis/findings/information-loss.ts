import {printQuery, type Finding, type LayerInfo} from '../../shared/index.js';
import {capacityQuery, type CapacityMatrix} from './capacity-matrix.js';
import {percent} from './words.js';

/** The capacity between a layer and the next. */
export interface Step {
  from: LayerInfo;
  to: LayerInfo;
  matrix: CapacityMatrix;
}

/** Channels below this entropy, bits, have nothing to lose. */
const LEAST_ENTROPY = 0.1;

/**
 * The step from a layer to the next at which most is lost: for each channel the share of its entropy that the best channel
 * of the next layer holds, beyond what chance gives, averaged over the channels.
 */
export function informationLoss(steps: readonly Step[], epoch: number): Finding[] {
  const kept = steps.flatMap(step => {
    const share = keptShare(step.matrix);
    return share === null ? [] : [{...step, share}];
  });
  const worst = kept.reduce<(typeof kept)[number] | null>(
    (lowest, step) => (lowest === null || step.share < lowest.share ? step : lowest),
    null,
  );
  if (worst === null || kept.length < 2) return [];
  const {from, to, share, matrix} = worst;
  const permutations = Number(matrix.basis.permutations ?? 0);
  const query = capacityQuery(from, to, epoch, {permutations});
  return [
    {
      kind: 'information-loss',
      level: 'note',
      title: `Most is lost between ${from.name} and ${to.name}: at epoch ${epoch} the best channel of ${to.name} holds ${percent(share)} of what a channel of ${from.name} says (mean over channels)`,
      layer: from.name,
      to: to.name,
      epoch,
      evidence: printQuery({aggregate: 'max', of: query, over: 'channel'}),
      basis: {
        ...matrix.basis,
        ...Object.fromEntries(
          kept.map(step => [`kept ${step.from.name} to ${step.to.name}`, percent(step.share)]),
        ),
      },
      confidence: {
        grade: matrix.mean === null ? 'low' : Number(matrix.basis.n) >= 200 ? 'high' : 'moderate',
        why: `${matrix.mean === null ? 'not compared with chance' : `what ${permutations} shuffles give is taken off`}; ${kept.length} steps were compared`,
      },
    },
  ];
}

/** Null where no channel says anything. */
function keptShare({rows, columns, bits, hx, mean}: CapacityMatrix): number | null {
  let sum = 0;
  let channels = 0;
  for (let a = 0; a < rows; a++) {
    const entropy = hx[a * columns] as number;
    if (!(entropy >= LEAST_ENTROPY)) continue;
    let best = 0;
    for (let b = 0; b < columns; b++) {
      const at = a * columns + b;
      const beyond = (bits[at] as number) - (mean === null ? 0 : (mean[at] as number));
      if (beyond > best) best = beyond;
    }
    sum += best / entropy;
    channels++;
  }
  return channels === 0 ? null : sum / channels;
}
