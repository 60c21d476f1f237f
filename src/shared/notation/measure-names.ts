import {LAYER_MEASURE_NAMES} from '../layer-measures.js';

/** The measures of the notation, as they are written. */
export const MEASURE_NAMES: readonly string[] = ['H', 'Hx', 'C', ...LAYER_MEASURE_NAMES];
