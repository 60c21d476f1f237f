import type {MeasureQuery} from '../shared/index.js';
import type {Measure} from './measure.js';
import {MEASURES} from './measures.js';

/** The measure that answers a query. */
export function measureFor(query: MeasureQuery): Measure {
  const name = query.measure === 'layer' ? query.name : query.measure;
  const found = MEASURES.find(({answers}) => answers.includes(name));
  if (found !== undefined) return found;
  const known = MEASURES.flatMap(({answers}) => answers).join(', ');
  throw new RangeError(`There is no measure ${name}; the measures are ${known}.`);
}
