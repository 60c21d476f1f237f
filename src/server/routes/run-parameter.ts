import {z} from 'zod';

/** A folder name: no slash of either kind, no control character, no leading dot. */
// oxlint-disable-next-line no-control-regex -- control characters are what it must find
const FOLDER_NAME = /^(?!\.)[^/\\\u0000-\u001f]+$/;

/** The `:run` of a path: a folder's path below the log directory, decoded. */
export const runParameter = z
  .string()
  .max(1024, 'must be the path of a run folder, of at most 1024 characters')
  .refine(
    path => path.split('/').every(name => name.length <= 255),
    'must be folder names of at most 255 characters each',
  )
  .refine(
    path => path.split('/').every(name => FOLDER_NAME.test(name)),
    'must be folder names, without backslashes or a leading dot',
  );
