import {either, EXPECTATIONS, inWords} from '../expectations.js';
import {MEASURE_NAMES} from '../measure-names.js';
import {startOfName} from '../start-of-name.js';
import {isWord, shortened, shown, type Failure, type Remark} from './failure.js';
import {nearest} from './nearest.js';

/** A word that is not known, or not here; with the nearest that is. */
export function explainWord(failure: Failure): Remark | null {
  const known = foreignLetters(failure) ?? sampleWord(failure);
  if (known !== null || !isWord(failure.found)) return known;
  return misplacedWord(failure) ?? unknown(failure);
}

/** A name that breaks off at a sign that only quoted names may have, such as `größe` or `conv:1`. */
function foreignLetters({keys, text, position, found}: Failure): Remark | null {
  const named = ['layer', 'class', 'before channels', 'before layers', '}'].some(key => keys.has(key));
  if (!named || found === '') return null;
  const start = startOfName(text, position);
  const name = /^[^\s,"(){}=|*]+/.exec(text.slice(start))?.[0] ?? '';
  if (!/^[\p{L}_]/u.test(name) || /^[\w./-]*$/.test(name) || name.includes('..')) return null;
  const suggestion = JSON.stringify(name);
  return {
    problem: `the name ${shown(name)} has signs other than A-Z, a-z, 0-9, _, /, - and .`,
    advice: `write it in quotes: ${shortened(suggestion)}`,
    position: start,
    end: start + name.length,
    suggestion,
  };
}

const AGGREGATES = ['mean', 'max', 'min', 'std'];

/** A word of the notation, in the wrong place. */
function misplacedWord({found, keys}: Failure): Remark | null {
  if (keys.has('nesting')) {
    return {problem: 'there are more than 32 aggregates inside one another', advice: 'use fewer'};
  }
  if (found === 'dCNN' && keys.has('measure')) {
    const advice = 'take one of a measure, as in mean(H(dCNN(…)) over channel)';
    return {problem: 'feature maps have no aggregate', advice};
  }
  const inMeasure = keys.has('slice') && !keys.has('measure');
  if (inMeasure && AGGREGATES.includes(found)) {
    const advice = `put it around, as in ${found}(H(dCNN(…)) over channel)`;
    return {problem: `${found} cannot be used inside a measure`, advice};
  }
  if (inMeasure && MEASURE_NAMES.includes(found)) {
    return {problem: 'a measure cannot be inside another', advice: 'write dCNN(…)'};
  }
  const isAll = keys.has('all') && !keys.has('layer') && !keys.has('class') && found.toLowerCase() === 'all';
  return isAll
    ? {problem: `${shown(found)} is not in the notation`, advice: 'write *', suggestion: '*'}
    : null;
}

/** Samples are chosen by index or by class, never by a name. */
function sampleWord({found, keys, text, position}: Failure): Remark | null {
  if (!keys.has('by label') || !(isWord(found) || found.startsWith('"'))) return null;
  const suggestion = /^\s*=/.test(text.slice(position + found.length)) ? 'label' : `label=${found}`;
  return {
    problem: `samples are not chosen by ${shown(found)}`,
    advice: `write ${shortened(suggestion)}`,
    suggestion,
  };
}

/** A word where only certain words are right. */
function unknown({found, keys}: Failure): Remark | null {
  const closed = Object.entries(EXPECTATIONS).filter(([key, {vocabulary}]) => keys.has(key) && vocabulary);
  const kind = closed[0]?.[1].vocabulary;
  if (kind === undefined) return null;
  const words = closed
    .flatMap(([, {offers}]) => offers ?? [])
    .map(({text}) => /^\w+/.exec(text)?.[0] ?? text);
  const near = nearest(found, words);
  const problem = `there is no ${kind} ${shown(found)} here`;
  if (near !== null) return {problem, advice: `write ${near}`, suggestion: near};
  // Between a slice and a variable, an unknown word is as little the one as the other.
  return keys.has('label |') ? null : {problem, advice: `write ${either(inWords(keys))}`};
}
