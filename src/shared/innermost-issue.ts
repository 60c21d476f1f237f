import type {z} from 'zod';

/** Of a value that may have several forms, what is wrong within the form that it has. */
export function innermostIssue(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union') return issue;
  const within = issue.errors.flat().find(({path}) => path.length > 0);
  return within ? innermostIssue({...within, path: [...issue.path, ...within.path]}) : issue;
}
