import type {z} from 'zod';

/** Finds the issue of a union value within the variant that matches it best. */
export function innermostIssue(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union') return issue;
  const within = issue.errors.flat().find(({path}) => path.length > 0);
  return within ? innermostIssue({...within, path: [...issue.path, ...within.path]}) : issue;
}
