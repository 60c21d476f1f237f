import {samplesOf, type LayerSamples} from '../../metrics/index.js';
import type {LayerInfo} from '../../shared/index.js';
import {MEASURES} from '../measures.js';
import type {MeasureFailure} from './measure-attempts.js';
import {MeasuredLayer, type MeasureOptions} from './measured-layer.js';
import type {MeasuredTables} from './measured-tables.js';

/** What the measures say of one layer at one epoch. */
export interface LayerMeasures {
  /** Its rows in each table that a measure of layers fills: all samples together, then each class. */
  tables: MeasuredTables;
  /** The measures that threw: their values are null, with the reason `failed`. */
  failures: MeasureFailure[];
}

/**
 * Measures one layer at one epoch. A measure that throws is null there and reported in `failures`; the others are
 * unaffected.
 *
 * @param maps - [samples, pixels, channels], row-major, or the same to be read a block of samples at a time. Not modified.
 */
export function measureLayer(
  layer: LayerInfo,
  maps: Float32Array | LayerSamples,
  options: MeasureOptions,
): LayerMeasures {
  const measured = new MeasuredLayer(layer, samplesOf(maps, options.labels.length), options);
  const tables: MeasuredTables = {};
  for (const {capture} of MEASURES) Object.assign(tables, capture?.(measured));
  return {tables, failures: measured.attempts.failures};
}
