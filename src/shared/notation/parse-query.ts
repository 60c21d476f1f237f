import {explain} from './explain/explain.js';
import type {Query} from './query.js';
import {QueryError} from './query-error.js';
import {readSyntax, type Conflict} from './syntax.js';

/**
 * Reads an expression of the notation, such as `H(dCNN(label=3, conv2d_1, *, 0..20))`. Whether its layers, classes and
 * epochs exist is not asked here.
 *
 * @throws {QueryError} at the first place where the text leaves the notation.
 */
export function parseQuery(text: string): Query {
  const {query, stop} = readSyntax(text, rejectConflict);
  if (query === null) throw new QueryError(explain(text, stop));
  return query;
}

function rejectConflict(conflict: Conflict): never {
  const {start: position, end} = conflict;
  if (conflict.kind === 'repeated') {
    throw new QueryError({
      position,
      end,
      problem: `${conflict.name} is given twice`,
      advice: 'keep one of them',
    });
  }
  const {from, to, step} = conflict;
  const suggestion = `${to}..${from}${step === 1 ? '' : `:${step}`}`;
  throw new QueryError({
    position,
    end,
    problem: 'this range runs backwards',
    advice: `write ${suggestion}`,
    expected: [suggestion],
    suggestion,
  });
}
