import {interval, mean} from '../statistics.js';
import type {PruningRow} from '../studies/pruning.js';
import {shownInterval, table} from './markdown.js';

/** How pruning by findings does against another choice of channels, over the seeds. */
export interface Comparison {
  against: 'before' | 'smallest_norm' | 'random';
  /** Mean accuracy with the findings' channels pruned minus the other. */
  difference: number;
  interval: [low: number, high: number] | null;
  verdict: 'better' | 'worse' | 'not settled';
}

export interface PruningSummary {
  dataset: string;
  /** Means over the seeds. */
  pruned: number;
  channels: number;
  before: number;
  findings: number;
  smallest_norm: number;
  random: number;
  comparisons: Comparison[];
}

export function pruningSummary(rows: readonly PruningRow[]): PruningSummary[] {
  return [...new Set(rows.map(row => row.dataset))].map(dataset => {
    const of = rows.filter(row => row.dataset === dataset);
    const average = (value: (row: PruningRow) => number) => mean(of.map(value));
    return {
      dataset,
      pruned: average(({dead, redundant}) => dead + redundant),
      channels: average(row => row.channels),
      before: average(row => row.before),
      findings: average(row => row.findings),
      smallest_norm: average(row => row.smallest_norm),
      random: average(row => row.random),
      comparisons: (['before', 'smallest_norm', 'random'] as const).map(against =>
        compare(
          against,
          of.map(row => row.findings - row[against]),
        ),
      ),
    };
  });
}

function compare(against: Comparison['against'], differences: number[]): Comparison {
  const bounds = interval(differences);
  const verdict =
    bounds === null ? 'not settled' : bounds[0] > 0 ? 'better' : bounds[1] < 0 ? 'worse' : 'not settled';
  return {against, difference: mean(differences), interval: bounds, verdict};
}

const WORDS = {before: 'no pruning', smallest_norm: 'the smallest norm', random: 'random channels'};

export function pruningSection(rows: readonly PruningRow[]): string {
  const summaries = pruningSummary(rows);
  return [
    '## Pruning what the findings name',
    'Are the findings good for pruning? The channels of the convolutions that `findings` calls dead, and of each redundant pair the one of lower entropy, are silenced in the trained models, and nothing is trained afterwards. Beside it as many channels of each layer of the smallest weight norm, and as many at random (mean of 5 draws). Accuracy on 2,000 test images that neither training nor findings have seen, mean over seeds.',
    table(
      ['model', 'pruned', 'before', 'findings', 'smallest norm', 'random'],
      summaries.map(summary => [
        summary.dataset,
        `${summary.pruned.toFixed(1)} of ${summary.channels}`,
        ...[summary.before, summary.findings, summary.smallest_norm, summary.random].map(value =>
          value.toFixed(3),
        ),
      ]),
    ),
    table(
      ['model', 'findings against', 'difference', '95 % interval', 'findings are'],
      summaries.flatMap(({dataset, comparisons}) =>
        comparisons.map(({against, difference, interval, verdict}) => [
          dataset,
          WORDS[against],
          difference.toFixed(3),
          shownInterval(interval),
          verdict,
        ]),
      ),
    ),
    `**${conclusion(summaries)}**`,
    'Likely reason where they are not better: capacity compares distances between samples, so two channels that tell the samples apart alike need not show the same map; one may be the negative or a shifted copy of the other, and the next layer has learned to use both. A weight norm sees what the next layer receives. `redundant-channels` says where a layer may be wider than it needs, and is a reason to train a narrower one; it is not a list of filters to delete without training again. [Table](tables/study-pruning.parquet)',
  ].join('\n\n');
}

/** Describes in words what the comparisons settle. */
export function conclusion(summaries: readonly PruningSummary[]): string {
  const all = summaries.flatMap(({dataset, comparisons}) =>
    comparisons.filter(({against}) => against !== 'before').map(comparison => ({dataset, ...comparison})),
  );
  const which = (verdict: Comparison['verdict']) =>
    all
      .filter(entry => entry.verdict === verdict)
      .map(({dataset, against}) => `${WORDS[against]} on ${dataset}`);
  const parts = [
    ['cost less accuracy than', which('better')],
    ['cost more accuracy than', which('worse')],
    ['cannot be distinguished from', which('not settled')],
  ] as const;
  const sentences = parts
    .filter(([, names]) => names.length > 0)
    .map(([words, names]) => `${words} ${names.join(', ')}`);
  return `The channels that the findings name ${sentences.join('; they ')}.`;
}
