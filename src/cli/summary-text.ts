import Table from 'cli-table3';
import {failedLines} from './failed-text.js';
import {ranges} from './ranges.js';
import type {LayerEntropyAt, LayerSummary, LoggedAccuracy, RunSummary} from '../analysis/index.js';

/** Writes the summary of a run as a short text with one table: every number with its unit and its basis. */
export function summaryText(summary: RunSummary): string {
  const {accuracy, epochs, layers, basis} = summary;
  const gaps = [
    ...summary.damaged.map(({epoch, reason}) => `DAMAGED          epoch ${epoch}: ${reason}`),
    ...failedLines(summary.failed).map(line => `FAILED           ${line}`),
  ];
  if (epochs === null) {
    const none = summary.damaged.length > 0 ? 'no epoch is intact.' : 'no epoch is finished yet.';
    return [`${summary.run}: ${none}`, ...gaps].join('\n');
  }
  const inter = layers.find(({trend}) => trend)?.trend?.last;
  return [
    `Run              ${summary.run}, epochs ${epochs.first}..${epochs.last}`,
    ...gaps,
    `Accuracy         ${accuracyText('training', accuracy.train)}, ${accuracyText('validation', accuracy.validation)}`,
    `Never predicted  ${neverPredictedText(summary)}`,
    layerTable(layers, epochs),
    `Inter-sample: N = ${inter?.n ?? basis.probeSamples}, k = ${inter?.k ?? '-'}; the upper bound is log2 of the neighbour graph's edges.`,
    `Intra-sample: mean over channels, ${basis.bins} bins, range rule "${basis.range}" (each epoch has its own range).`,
  ].join('\n');
}

function accuracyText(set: string, logged: LoggedAccuracy | null): string {
  return logged ? `${set} ${(logged.value * 100).toFixed(1)} %` : `${set} not logged`;
}

function neverPredictedText({neverPredicted, basis}: RunSummary): string {
  const among = `of ${basis.evaluation.samples} ${basis.evaluation.source} samples`;
  if (neverPredicted.length === 0) return `no class, at any epoch (${among})`;
  const classes = new Map<string, string[]>();
  for (const {name, epochs} of neverPredicted)
    classes.set(ranges(epochs), [...(classes.get(ranges(epochs)) ?? []), name]);
  return `${[...classes].map(([when, names]) => `${names.join(', ')} at epoch ${when}`).join('; ')} (${among})`;
}

function layerTable(layers: LayerSummary[], {first, last}: {first: number; last: number}): string {
  const arrow = `${first} → ${last}`;
  const table = new Table({
    head: [
      'layer',
      `inter-sample, bits\nepoch ${arrow}`,
      'ceiling',
      `intra-sample, bits\nepoch ${arrow}`,
      `dead channels\nat epoch ${last}`,
    ],
    colAligns: ['left', 'right', 'right', 'right', 'right'],
    style: {head: [], border: [], compact: true},
  });
  for (const {layer, trend, dead} of layers) {
    table.push([
      layer.name,
      trend ? change(trend.first.bits, trend.last.bits) : '-',
      bits(trend?.last.log2Edges),
      trend ? change(intra(trend.first), intra(trend.last)) : '-',
      dead.judged > 0 ? `${dead.channels.length} of ${dead.judged}` : '-',
    ]);
  }
  return table.toString();
}

const intra = ({intraMean}: LayerEntropyAt) => intraMean;
const bits = (value: number | null | undefined) =>
  value === null || value === undefined ? '-' : value.toFixed(3);
const change = (from: number | null, to: number | null) => `${bits(from)} → ${bits(to)}`;
