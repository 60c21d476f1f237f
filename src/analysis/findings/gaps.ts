import {printQuery} from '../../shared/index.js';
import type {Finding} from '../../shared/index.js';
import type {FailedPart} from '../../store/index.js';
import {interSampleQuery} from '../../shared/notation/build-query.js';
import {list} from './words.js';

/** Shows the epochs that there are; its facts name those that are not. */
const EVIDENCE = printQuery(interSampleQuery({}));

/**
 * Finds files that have changed since they were written: all other findings are made without them.
 *
 * @param epochs - Damaged epochs, with the reason.
 * @param probe - What is wrong with the probe; null where nothing is.
 */
export function damaged(epochs: ReadonlyMap<number, string>, probe: string | null): Finding[] {
  const reasons = [...(probe === null ? [] : [probe]), ...epochs.values()];
  if (reasons.length === 0) return [];
  const names = [...epochs.keys()].sort((a, b) => a - b);
  const what = [...(probe === null ? [] : ['the probe']), ...(names.length > 0 ? [epochsIn(names)] : [])];
  return [
    {
      kind: 'damaged',
      level: 'attention',
      title: `Damaged, and left out here: ${what.join(' and ')} (${reasons[0]}${others(reasons.length)})`,
      evidence: EVIDENCE,
      basis: {epochs: epochs.size},
      confidence: {
        grade: 'high',
        why: 'files are compared with their checksums as they are read; cnnslicer verify reads them all',
      },
    },
  ];
}

/**
 * Parts of epochs that could not be computed or stored when they were captured.
 *
 * @param epochs - What the manifests of the epochs say.
 */
export function incomplete(epochs: readonly {epoch: number; failed?: FailedPart[] | undefined}[]): Finding[] {
  const lacking = epochs.filter(({failed = []}) => failed.length > 0);
  const parts = new Set(
    lacking.flatMap(({failed = []}) => failed.map(({what, reason}) => `${what}: ${reason}`)),
  );
  const [first] = parts;
  if (first === undefined) return [];
  const names = lacking.map(({epoch}) => epoch);
  return [
    {
      kind: 'incomplete',
      level: 'attention',
      title: `Not all of ${epochsIn(names)} could be captured (${first.replace(/\.$/, '')}${others(parts.size)})`,
      evidence: EVIDENCE,
      basis: {epochs: names.length, parts: parts.size},
      confidence: {grade: 'high', why: 'the epochs say so themselves; cnnslicer inspect names every part'},
    },
  ];
}

function epochsIn(names: readonly number[]): string {
  return `${names.length === 1 ? 'epoch' : 'epochs'} ${list(names)}`;
}

function others(count: number): string {
  return count > 1 ? `; ${count - 1} more like it` : '';
}
