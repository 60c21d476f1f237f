import {classEntropies} from '../../metrics/index.js';
import {chartTag, LAYER_MEASURES, type LayerRow, type RunInfo} from '../../shared/index.js';
import type {ExperimentMetric} from '../../tensorboard/index.js';
import type {EpochTables} from '../../shared/recording/recorder.js';
import {tagNames} from './tag-names.js';

type Scalar = readonly [tag: string, value: number];

/** The class entropies weighted over the classes: one number each, and what the HParams page compares. */
const OVER_CLASSES = {
  label: 'class_entropy/H[label|y]',
  prediction: 'class_entropy/H[y|label]',
  shared: 'class_entropy/I[label;y]',
};

/** Returns the TensorBoard run and the tag of a tfjs log. */
export function placeOfLog(name: string): {run: 'train' | 'val'; tag: string} {
  return name.startsWith('val_')
    ? {run: 'val', tag: `epoch_${name.slice('val_'.length)}`}
    : {run: 'train', tag: `epoch_${name}`};
}

/** The entropies of one epoch. Undefined ones are left out: a gap in the chart, never a zero. */
export function entropyScalars(tables: EpochTables, info: RunInfo): Scalar[] {
  return [...layerScalars(tables), ...classScalars(tables, info), ...overClasses(tables, info)];
}

/** The numbers that tell two trainings apart, as columns of the HParams page. */
export function comparedMetrics(tables: EpochTables): ExperimentMetric[] {
  const logs = (tables.logs ?? [])
    .map(({name}) => ({...placeOfLog(name), displayName: name}))
    .sort((a, b) => a.run.localeCompare(b.run));
  const entropies = tables.confusion ? Object.values(OVER_CLASSES) : [];
  return [
    ...logs,
    ...entropies.map(tag => ({tag, run: 'probe', displayName: tag.slice(tag.indexOf('/') + 1)})),
  ];
}

/** The spread of the intra-sample entropy over each layer's channels; one channel has none. */
export function channelHistograms({channel_entropy = []}: EpochTables): [tag: string, values: number[]][] {
  const byLayer = new Map<string, number[]>();
  for (const {layer, class: label, mean} of channel_entropy) {
    if (label !== null || mean === null) continue;
    const values = byLayer.get(layer);
    if (values) values.push(mean);
    else byLayer.set(layer, [mean]);
  }
  return [...byLayer]
    .filter(([, values]) => values.length > 1)
    .map(([layer, values]) => [`intra_sample_entropy/${layer}/channels`, values]);
}

function layerScalars(tables: EpochTables): Scalar[] {
  return LAYER_MEASURES.flatMap(measure => {
    const {table, column} = measure;
    const rows: readonly LayerRow[] = tables[table] ?? [];
    const whole = rows.filter(row => row.class === null);
    return known(whole.map(row => [`${chartTag(measure)}/${row.layer}`, row[column] as number | null]));
  });
}

function classScalars({class_entropy = []}: EpochTables, {classes}: RunInfo): Scalar[] {
  const names = tagNames(classes);
  return class_entropy.flatMap(row =>
    known([
      [`H[label|y]/${names[row.class]}`, row.label_given_pred],
      [`H[y|label]/${names[row.class]}`, row.pred_given_label],
    ]),
  );
}

function overClasses({confusion}: EpochTables, {classes}: RunInfo): Scalar[] {
  if (!confusion) return [];
  const counts = confusion.map(({count}) => count);
  const entropies = classEntropies(counts, classes.length);
  return known([
    [OVER_CLASSES.label, entropies.hLabelGivenPred],
    [OVER_CLASSES.prediction, entropies.hPredGivenLabel],
    [OVER_CLASSES.shared, entropies.mutualInformation],
  ]);
}

function known(scalars: [tag: string, value: number | null][]): Scalar[] {
  return scalars.filter((scalar): scalar is [string, number] => scalar[1] !== null);
}
