import type {Cube} from 'cnnslicer/analysis';
import type {Row} from '../row.js';
import {ask, lastEpoch, numbers} from '../lab.js';
import {mean, std} from '../statistics.js';

/** Intra-sample entropy of each channel and class at the last epoch, and how far a channel's classes differ. */
export interface ChannelsByClass {
  rows: Row[];
  /** Mean over channels and classes, bits. */
  bits: number;
  /** Mean over channels of the spread over classes relative to their mean. */
  variation: number;
  /** Mean over channels of the spread over classes, in standard errors of a class's mean. */
  errors: number;
}

/** @param choice - Bins and range rule, instead of those that the run was captured with. */
export async function channelsByClass(
  cube: Cube,
  layer: string,
  seed: number,
  choice?: {bins: number; range: string},
): Promise<ChannelsByClass> {
  const epoch = await lastEpoch(cube);
  const options = choice ? `, bins=${choice.bins}, range=${choice.range}` : '';
  const rows = (await ask(cube, `H(dCNN(label=*, ${layer}, *, ${epoch})${options})`)).map((row): Row => ({
    ...row,
    seed,
  }));
  const variations: number[] = [];
  const errors: number[] = [];
  for (const channel of new Set(numbers(rows, 'channel'))) {
    const classes = rows.filter(row => row['channel'] === channel);
    const bits = numbers(classes);
    if (mean(bits) > 0) variations.push(std(bits) / mean(bits));
    const error = mean(classes.map(row => Number(row['std']) / Math.sqrt(Number(row['n']))));
    if (error > 0) errors.push(std(bits) / error);
  }
  return {rows, bits: mean(numbers(rows)), variation: mean(variations), errors: mean(errors)};
}
