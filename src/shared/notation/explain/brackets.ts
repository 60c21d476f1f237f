import {isWord, shown, type Failure, type Remark} from './failure.js';

const AXES = ['samples', 'layers', 'channels', 'epochs'];

/** Brackets and commas: what is unclosed, empty, missing or too much. */
export function explainBrackets(failure: Failure): Remark | null {
  return (
    leftOver(failure) ??
    slices(failure) ??
    axes(failure) ??
    lists(failure) ??
    commas(failure) ??
    unclosed(failure)
  );
}

function leftOver({keys, found, text}: Failure): Remark | null {
  if (!keys.has('end')) return null;
  const problem = `the expression is complete before ${shown(found)}`;
  if (found === 'over') {
    return {problem, advice: 'put the aggregate around it, as in mean(H(label | y) over class)'};
  }
  if (found === ',')
    return {problem, advice: 'put options inside its parentheses, and ask one question at a time'};
  return {problem, advice: 'remove what follows', end: text.length, suggestion: ''};
}

/** `C` has two slices, `H` and `Hx` have one. */
function slices({keys, found, text, position}: Failure): Remark | null {
  const isOption = /^[a-z]+\s*=/.test(text.slice(position));
  const onlySlice = keys.has('slice') && !keys.has('measure') && !keys.has('label |');
  if ((keys.has('before second slice') && found === ')') || (onlySlice && isOption)) {
    return {problem: 'C takes two slices, got one', advice: 'write C(dCNN(…), dCNN(…))', end: position};
  }
  const inOptions = [...keys].some(key => key.endsWith('=') && key !== '=');
  return inOptions && found === 'dCNN' ? {problem: 'there is one slice too many', advice: 'remove it'} : null;
}

/** `dCNN` has four axes. */
function axes({keys, found, before, position}: Failure): Remark | null {
  const takes = 'dCNN takes samples, layers, channels and epochs';
  if (keys.has('end of slice') && found === ',') {
    return {problem: `${takes}, got more`, advice: 'remove what follows the epochs'};
  }
  const next = AXES.findIndex(axis => keys.has(`before ${axis}`));
  const given = before === '(' && keys.has('by label') ? 0 : next;
  if (given < 0 || found !== ')') return null;
  const missing = AXES.slice(given);
  const last = missing.pop() as string;
  const advice = `add the ${missing.length > 0 ? `${missing.join(', ')} and ` : ''}${last}`;
  return {problem: `${takes}, got ${given}`, advice, end: position};
}

function lists({keys, found, before, position}: Failure): Remark | null {
  if (found === '}' && before === '{') {
    return {problem: 'this list is empty', advice: 'put something between the braces, or write * for all'};
  }
  if (!keys.has('}') || (found !== ')' && found !== '')) return null;
  return {problem: 'the list is not closed', advice: 'add }', end: position, suggestion: '}'};
}

function commas({keys, found, before, text, position}: Failure): Remark | null {
  if ((found === '}' || found === ')') && before === ',') {
    const comma = text.lastIndexOf(',', position);
    const place = {position: comma, end: comma + 1};
    return {problem: 'nothing follows this comma', advice: 'remove it', ...place, suggestion: ''};
  }
  if (found === ',' && keys.has('over')) {
    return {problem: 'there is no comma before over', advice: 'remove it', suggestion: ''};
  }
  const separated = /\s/.test(text[position - 1] ?? '') || /[)}]/.test(before);
  if (!separated || !(isWord(found) || /^[\d"(*{]/.test(found))) return null;
  const problem = `there is no comma before ${shown(found)}`;
  const afterName = keys.has('before channels') || keys.has('before layers') || keys.has('}');
  if (afterName) return {problem, advice: 'add one, or put a name with spaces in "quotes"'};
  if (!keys.has(',') && !keys.has('before epochs')) return null;
  return {problem, advice: 'add one', end: position, suggestion: ', '};
}

function unclosed({keys, found}: Failure): Remark | null {
  if (found !== '' || (!keys.has(')') && !keys.has('end of slice'))) return null;
  return {problem: 'a parenthesis is not closed', advice: 'add )', suggestion: ')'};
}
