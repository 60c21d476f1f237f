import {either, inWords} from '../expectations.js';
import type {Complaint} from '../query-error.js';
import type {Stop} from '../syntax.js';
import {explainBrackets} from './brackets.js';
import {failureAt, shown, type Failure, type Remark} from './failure.js';
import {explainNumber} from './numbers.js';
import {explainPunctuation} from './punctuation.js';
import {explainWord} from './words.js';

/** Slips that have a better explanation than what was expected; the first that knows one speaks. */
const EXPLANATIONS: readonly ((failure: Failure) => Remark | null)[] = [
  explainPunctuation,
  explainBrackets,
  explainNumber,
  explainWord,
];

/** Explains in one line what is wrong where the grammar stopped, and what to do. */
export function explain(text: string, stop: Stop): Complaint {
  const failure = failureAt(text, stop);
  const expected = inWords(stop.keys);
  const {position, found} = failure;
  const place = {position, end: position + found.length, expected};
  for (const explanation of EXPLANATIONS) {
    const remark = explanation(failure);
    if (remark) return {...place, ...remark};
  }
  const options = either(expected);
  if (found !== '')
    return {...place, problem: `${shown(found)} is not valid here`, advice: `write ${options}`};
  return text.trim() === ''
    ? {...place, problem: 'there is no expression', advice: `write ${options}`}
    : {...place, problem: 'the expression ends too early', advice: `add ${options}`};
}
