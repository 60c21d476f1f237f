import {z} from 'zod';

/** The `:run` of a path: a folder name, decoded. */
export const runParameter = z
  .string()
  .max(255, 'must be a folder name of at most 255 characters')
  // oxlint-disable-next-line no-control-regex -- control characters are what it must find
  .regex(/^(?!\.)[^/\\\u0000-\u001f]+$/, 'must be a folder name, without slashes or a leading dot');
