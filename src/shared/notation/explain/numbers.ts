import {EXPECTATIONS} from '../expectations.js';
import {isWord, shortened, shown, type Failure, type Remark} from './failure.js';

const INDICES = ['sample', 'layer', 'channel', 'epoch', 'class'];

/** A number that is not of the kind wanted, or something else where one is wanted. */
export function explainNumber(failure: Failure): Remark | null {
  return amount(failure) ?? index(failure);
}

/** The value of an option, or a step. */
function amount({keys, found}: Failure): Remark | null {
  const key = [...keys].find(expected => EXPECTATIONS[expected]?.number);
  const number = EXPECTATIONS[key ?? '']?.number;
  if (!number || (keys.has('range') && !/^[-+\d]/.test(found))) return null;
  const given = isWord(found) || /^[-+\d]/.test(found);
  const got = given ? `, got ${shown(found)}` : '';
  return {
    problem: `${number.of} must be ${number.must}${got}`,
    advice: `write for example ${number.example}`,
  };
}

/** A place on an axis. */
function index({keys, found}: Failure): Remark | null {
  if (!/^[-+]?\d/.test(found) || !INDICES.some(key => keys.has(key))) return null;
  if (found.startsWith('-')) return {problem: `${found} is negative`, advice: 'count from 0'};
  const decimal = /^(\d+)\.(\d+)$/.exec(found);
  if (decimal) return notWhole(found, Number(decimal[1]), Number(decimal[2]));
  if (/^\d+$/.test(found))
    return {problem: `${shown(found)} is too large`, advice: 'write an index below 2^53'};
  if (found.startsWith('+') || !(keys.has('layer') || keys.has('class'))) return notWhole(found, 1, 0);
  const suggestion = JSON.stringify(found);
  return {
    problem: `the name ${shown(found)} begins with a digit`,
    advice: `write it in quotes: ${shortened(suggestion)}`,
    suggestion,
  };
}

function notWhole(found: string, from: number, to: number): Remark {
  const problem = `${shown(found)} is not a whole number`;
  if (from > to) return {problem, advice: 'write one such as 0 or 12'};
  const suggestion = `${from}..${to}`;
  return {problem, advice: `write ${from}, or ${suggestion} for a range`, suggestion};
}
