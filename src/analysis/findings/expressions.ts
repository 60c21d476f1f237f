import {printQuery, type Slice} from '../../shared/index.js';

/** A slice as the notation writes it; what is left out is taken whole. */
export function printSlice(slice: Partial<Slice>): string {
  const whole: Slice = {samples: 'all', layers: 'all', channels: 'all', epochs: 'all', ...slice};
  return printQuery({measure: 'dCNN', slice: whole});
}
