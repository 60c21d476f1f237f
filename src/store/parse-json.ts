import type {z} from 'zod';
import {innermostIssue} from '../shared/innermost-issue.js';
import {RunFormatError} from './run-format-error.js';

/** Levels of nesting; a model inside a model takes some ten. */
const DEEPEST = 256;

/**
 * Parses JSON text that must match `schema`.
 *
 * @throws {RunFormatError} `damaged`, naming `path` and the first thing wrong.
 */
export function parseJsonAs<T>(schema: z.ZodType<T>, text: string, path: string): T {
  // Checking a value takes a call a level: thousands of levels would be more than the stack holds.
  if (nestingOf(text) > DEEPEST) {
    throw new RunFormatError('damaged', `${path} is damaged: it is nested more than ${DEEPEST} levels deep.`);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new RunFormatError('damaged', `${path} is damaged: it is not JSON.`, {cause: error});
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const [first] = result.error.issues;
  const {message, path: place} = first ? innermostIssue(first) : {message: 'wrong content', path: []};
  const where = place.length === 0 ? '' : ` at ${place.join('.')}`;
  throw new RunFormatError('damaged', `${path} is damaged: ${message}${where}.`, {cause: result.error});
}

/** How deep arrays and objects lie within one another; of text that is not JSON, some number. */
function nestingOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (quoted) {
      if (character === '\\') i++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '[' || character === '{') deepest = Math.max(deepest, ++depth);
    else if (character === ']' || character === '}') depth--;
  }
  return deepest;
}
