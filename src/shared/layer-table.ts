import type {Reason} from './reason.js';
import {column, reason, type TableColumn} from './table-column.js';

export const epoch = column('int32', 'Epochs of training; 0 is the untrained model');
export const layer = column('string', 'Name of the layer, as in run.json');
export const anyClass = column('int32?', 'Index of the class; null: all samples');

/** Samples that a value rests on, and those that it could not take. */
export const sampleCounts = {
  n: column('int32', 'Samples'),
  invalid: column('int32', 'Samples left out as they hold a NaN or an infinity'),
};

/**
 * The table of one measure of whole layers, a row per layer and set of samples.
 *
 * @param values - What the measure gives; where it is undefined all of them are null, and the reason says why.
 */
export function layerTable<Values extends Record<string, TableColumn<number | null>>>(values: Values) {
  const names = Object.keys(values);
  const why = reason<Reason>(names, `Why ${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} null`);
  return {epoch, layer, class: anyClass, ...values, ...sampleCounts, reason: why};
}
