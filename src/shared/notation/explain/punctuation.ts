import {startOfName} from '../start-of-name.js';
import {shortened, shown, type Failure, type Remark} from './failure.js';

/** Quotes, dots, dashes, separators and equals signs that look almost right. */
export function explainPunctuation(failure: Failure): Remark | null {
  return quotes(failure) ?? dots(failure) ?? dash(failure) ?? separator(failure) ?? equals(failure);
}

function quotes({found, keys}: Failure): Remark | null {
  if (!keys.has('layer') && !keys.has('class')) return null;
  if (/^[“”„‟«»‘’‚'`]/.test(found)) {
    const suggestion = JSON.stringify(found.replaceAll(/^.|[“”„‟«»‘’'`"]$/gu, ''));
    return {
      problem: `${shown(found)} is not in straight double quotes`,
      advice: `write ${shortened(suggestion)}`,
      suggestion,
    };
  }
  if (!found.startsWith('"')) return null;
  if (!/^"(?:[^"\\]|\\.)*"$/s.test(found)) {
    return {problem: 'this quote is not closed', advice: 'add " where the name ends'};
  }
  return {
    problem: `${shown(found)} is not a text as JSON writes it`,
    advice: 'double every backslash, and write line breaks and tabs as \\n and \\t',
  };
}

function dots({found, keys, text, position}: Failure): Remark | null {
  if (keys.has('..') && /^(?:\.{3,}|…|\.)$/.test(found)) {
    const problem = `a range is not written with ${shown(found)}`;
    return {problem, advice: 'write two dots, as in 0..20', suggestion: '..'};
  }
  if (text.slice(0, position).trimEnd().endsWith('..') && /^[,)}:]?$/.test(found)) {
    return {problem: 'this range has no end', advice: 'write one after the dots, as in 0..20', end: position};
  }
  if (found !== '..') return null;
  return keys.has('all')
    ? {
        problem: 'this range has no beginning',
        advice: 'write one before the dots, as in 0..20',
        suggestion: '0..',
      }
    : {problem: 'no range can go on here', advice: 'write the items as a list, as in {a,b}'};
}

function dash({found, keys, position}: Failure): Remark | null {
  if (!keys.has('..') || !/^[-–—−]/.test(found)) return null;
  return {
    problem: 'a range is not written with a dash',
    advice: 'write two dots, as in 0..20',
    end: position + 1,
    suggestion: '..',
  };
}

function separator({found, keys}: Failure): Remark | null {
  const comma = keys.has(',') || [...keys].some(key => key.startsWith('before '));
  if (found !== ';' || !comma) return null;
  return {problem: 'semicolons separate nothing here', advice: 'write a comma', suggestion: ','};
}

function equals({found, before, keys, text, position}: Failure): Remark | null {
  const assigned = /^[\p{L}_][\w-]*\s*=/u.exec(text.slice(position))?.[0];
  if (assigned !== undefined && (keys.has('channel') || keys.has('epoch'))) {
    return byAxisName(position, position + assigned.length);
  }
  if (found !== '=') return null;
  if (before === '=') return {problem: 'there are two equals signs', advice: 'write one', suggestion: ''};
  if (keys.has('|')) {
    return {problem: 'classes follow the bar', advice: 'write H(label | y=3) or H(y | label=3)'};
  }
  if (keys.has('before channels') && /\w/.test(before)) {
    return byAxisName(startOfName(text, text.slice(0, position).trimEnd().length), position + 1);
  }
  return {problem: 'nothing is set by this =', advice: 'write label=3 for a class, or bins=32 for an option'};
}

function byAxisName(position: number, end: number): Remark {
  const problem = 'layers, channels and epochs are given by position, without a name';
  return {problem, advice: 'remove the name and the =', position, end, suggestion: ''};
}
