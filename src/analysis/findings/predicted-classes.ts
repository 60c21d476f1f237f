import type {ClassEntropyRow, Finding, RunInfo} from '../../shared/index.js';
import {neverPredicted} from '../never-predicted.js';
import {list} from './words.js';

/** Parts of a list of classes that an expression has room for. */
const MAX_RANGES = 8;

/**
 * Classes that the model does not answer at the last epoch, and those that it began to answer later than half of the
 * others.
 *
 * @param rows - `class_entropy` of all epochs.
 */
export function predictedClasses(
  rows: readonly ClassEntropyRow[],
  {classes, evaluation}: Pick<RunInfo, 'classes' | 'evaluation'>,
): Finding[] {
  const epochs = [...new Set(rows.map(row => row.epoch))].sort((a, b) => a - b);
  const last = epochs.at(-1);
  if (last === undefined) return [];
  const absent = neverPredicted(rows);
  const basis = {n: evaluation.samples, evaluation: evaluation.source};
  const grade = evaluation.samples >= 30 * classes.length ? 'high' : 'moderate';
  const missing = absent.filter(found => found.epochs.includes(last)).map(found => found.class);
  const found: Finding[] = [];
  if (missing.length > 0) {
    found.push({
      kind: 'never-predicted',
      level: 'attention',
      title: `${missing.length === 1 ? 'Class' : 'Classes'} ${named(missing, classes)} ${missing.length === 1 ? 'is' : 'are'} not predicted for any of ${evaluation.samples} samples at epoch ${last}`,
      classes: missing,
      epoch: last,
      evidence: `H(label | y=${selector(missing)}, epoch=${last})`,
      basis,
      confidence: {grade, why: `counted on ${evaluation.samples} ${evaluation.source} samples`},
    });
  }
  const seen = new Set(rows.filter(row => !row.reason?.includes('never-seen')).map(row => row.class));
  const first = classes.map((_, index) => {
    if (!seen.has(index)) return Infinity;
    const without = absent.find(entry => entry.class === index)?.epochs ?? [];
    return epochs.find(epoch => epoch > 0 && !without.includes(epoch)) ?? Infinity;
  });
  const median =
    first.filter((_, index) => seen.has(index)).sort((a, b) => a - b)[Math.floor((seen.size - 1) / 2)] ??
    Infinity;
  const late = first.flatMap((epoch, index) => (epoch > median && epoch < Infinity ? [index] : []));
  if (late.length > 0) {
    const firsts = late.map(index => `${classes[index] ?? index} at ${first[index]}`);
    found.push({
      kind: 'late-predicted',
      level: 'note',
      title: `${late.length === 1 ? 'A class is' : `${late.length} classes are`} first predicted after the others (epoch ${median}): ${list(firsts)}`,
      classes: late,
      evidence: `H(label | y=${selector(late)})`,
      basis,
      confidence: {
        grade,
        why: `counted on ${evaluation.samples} ${evaluation.source} samples of each captured epoch`,
      },
    });
  }
  return found;
}

function named(indices: readonly number[], classes: readonly string[]): string {
  return list(indices.map(index => classes[index] ?? index));
}

/** Runs of neighbours are ranges; of many classes all are asked for. */
function selector(indices: readonly number[]): string {
  const ranges: {from: number; to: number}[] = [];
  for (const index of indices) {
    const last = ranges.at(-1);
    if (last?.to === index - 1) last.to = index;
    else ranges.push({from: index, to: index});
  }
  if (ranges.length > MAX_RANGES) return '*';
  const items = ranges.map(({from, to}) => (from === to ? String(from) : `${from}..${to}`));
  return items.length === 1 ? String(items[0]) : `{${items.join(',')}}`;
}
