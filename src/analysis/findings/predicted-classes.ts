import type {ClassEntropyRow, Finding, RunInfo} from '../../shared/index.js';
import {neverPredicted} from '../never-predicted.js';
import {list} from './words.js';

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
  const first = classes.map((_, index) => {
    const without = absent.find(entry => entry.class === index)?.epochs ?? [];
    return epochs.find(epoch => epoch > 0 && !without.includes(epoch)) ?? Infinity;
  });
  const median = [...first].sort((a, b) => a - b)[Math.floor((first.length - 1) / 2)] ?? Infinity;
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

function selector(indices: readonly number[]): string {
  return indices.length === 1 ? String(indices[0]) : `{${indices.join(',')}}`;
}
