import {z} from 'zod';
import {HttpError} from './http-error.js';

/** The query of a route that takes none. */
export const noQuery = z.strictObject({});

/**
 * Checks what a client sent: path parameters or a query.
 *
 * @throws {HttpError} 400 `invalid-input`, naming each offending parameter and its rule.
 */
export function parseInput<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const result = schema.safeParse(input);
  if (!result.success) throw new HttpError(400, 'invalid-input', describeIssues(result.error));
  return result.data;
}

/**
 * Checks the options of a public function.
 *
 * @throws {TypeError} naming the caller, each offending option and its rule.
 */
export function parseOptions<T extends z.ZodType>(caller: string, schema: T, options: unknown): z.output<T> {
  const result = schema.safeParse(options);
  if (!result.success) throw new TypeError(`${caller}: ${describeIssues(result.error)}`);
  return result.data;
}

function describeIssues(error: z.ZodError): string {
  return error.issues
    .map(({path, message}) => (path.length === 0 ? message : `${path.join('.')}: ${message}`))
    .join('; ');
}
