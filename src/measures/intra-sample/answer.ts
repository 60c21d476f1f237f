import type {IntraSampleQuery, LayerInfo} from '../../shared/index.js';
import type {Run} from '../../store/index.js';
import {notRecorded, type AnswerParts} from '../answer/answer-parts.js';
import type {Evaluation} from '../answer/evaluation.js';
import {unlessFailed} from '../answer/unless-failed.js';
import {eachPart, type PartRows} from '../each-part.js';
import {resolveSlice} from '../slice/resolve-slice.js';
import {capturedEntropies} from './captured-entropies.js';
import {clippedValues} from './clipped-values.js';
import {eachChannel} from './each-channel.js';
import {histogramsFor, rangeText} from './histograms.js';
import {COLUMNS, failedRow, type Row} from './row.js';
import {isWhole, wholeLayer} from './whole-layer.js';

/** `H(dCNN(…))`: a row per epoch, layer, channel and sample set. */
export function intraSample(evaluation: Evaluation, query: IntraSampleQuery): AnswerParts {
  const {run, captured} = evaluation;
  const slice = resolveSlice(run.info, captured, query.slice);
  const {epochs, layers, channels, sets} = slice;
  const {options} = run.info;
  const clipped = {values: 0};
  const perLayer = (layer: LayerInfo) =>
    isWhole(layer, channels) ? 1 : (channels?.length ?? layer.channels);
  return {
    measure: 'intra-sample entropy',
    value: 'bits',
    unit: 'bit',
    columns: COLUMNS,
    extent: {
      epochs: epochs.length,
      classes: sets.length,
      layers: layers.length,
      channels: layers.reduce((sum, layer) => sum + perLayer(layer), 0),
    },
    parts: eachPart(evaluation, slice, COLUMNS, {rows: layerRows(run, query.options, clipped)}),
    facts: () => ({
      bins: query.options.bins ?? options.bins,
      range: rangeText(query.options.range ?? options.range),
      ...(typeof query.options.range === 'object' && {clipped: clipped.values}),
      probe: run.info.probe.samples,
      ...notRecorded(run, 'channel_entropy', COLUMNS),
    }),
  };
}

/** @param clipped - Counts the values outside a fixed range. */
function layerRows(
  run: Run,
  options: IntraSampleQuery['options'],
  clipped: {values: number},
): PartRows<Row>['rows'] {
  const written = capturedEntropies(run);
  return async (evaluation, part) => {
    const {epoch, layer, slice} = part;
    const histograms = await histogramsFor(evaluation, layer, options);
    if (typeof options.range === 'object') clipped.values += await clippedValues(run, options.range, part);
    const whole = isWhole(layer, slice.channels);
    const channels = whole ? [null] : (slice.channels ?? Array.from({length: layer.channels}, (_, c) => c));
    const measured = (whole ? wholeLayer : eachChannel)(evaluation, {...part, histograms, written});
    return unlessFailed(measured, () =>
      slice.sets.flatMap(({label}) => channels.map(channel => failedRow({epoch, layer, channel, label}))),
    );
  };
}
