import {printQuery} from '../../shared/index.js';
import type {Finding, LayerEntropyRow, LogsRow} from '../../shared/index.js';
import {interSampleQuery} from '../../shared/notation/build-query.js';
import {list} from './words.js';

/**
 * Epochs at which a loss or metric, or activations, are NaN or infinite; ascending. What else is known of them is of a
 * network that has lost its numbers.
 *
 * @param logs - `logs` of all epochs; a value that is not finite is null.
 * @param layerEntropy - `layer_entropy` of all epochs.
 */
export function divergedEpochs(
  logs: readonly LogsRow[],
  layerEntropy: readonly LayerEntropyRow[],
): ReadonlySet<number> {
  const epochs = [...lostIn(logs), ...invalidIn(layerEntropy)].map(({epoch}) => epoch);
  return new Set(epochs.sort((a, b) => a - b));
}

const lostIn = (logs: readonly LogsRow[]) =>
  logs.filter(({value}) => value === null || !Number.isFinite(value));

const invalidIn = (layerEntropy: readonly LayerEntropyRow[]) =>
  layerEntropy.filter(row => row.class === null && row.invalid > 0);

/**
 * A training that has lost its numbers: a loss or metric, or activations, that are NaN or infinite. Nothing else that is
 * reported about the run means much then.
 *
 * @param logs - `logs` of all epochs; a value that is not finite is null.
 * @param layerEntropy - `layer_entropy` of all epochs.
 */
export function diverged(logs: readonly LogsRow[], layerEntropy: readonly LayerEntropyRow[]): Finding[] {
  const epochs = divergedEpochs(logs, layerEntropy);
  const [epoch] = epochs;
  if (epoch === undefined) return [];
  const [lostLogs, lostLayers] = [lostIn(logs), invalidIn(layerEntropy)];
  const names = lostLogs.filter(row => row.epoch === epoch).map(({name}) => name);
  const layers = lostLayers.filter(row => row.epoch === epoch);
  const n = layers.reduce((most, row) => Math.max(most, row.n + row.invalid), 0);
  const [first] = layers;
  const what = [
    ...(names.length > 0 ? [list(names)] : []),
    ...(layers.length > 0 ? [`activations of ${list(layers.map(({layer}) => layer))}`] : []),
  ];
  return [
    {
      kind: 'diverged',
      level: 'attention',
      title: `Training has diverged: NaN or infinite values from epoch ${epoch} on, in ${what.join(' and ')}`,
      ...(first && {layer: first.layer}),
      epoch,
      evidence: printQuery(interSampleQuery({...(first && {layers: [first.layer]}), epochs: [epoch]})),
      basis: {...(n > 0 && {n}), epochs: epochs.size},
      confidence: {
        grade: 'high',
        why: 'counted, not estimated; other findings about these epochs mean little',
      },
    },
  ];
}
