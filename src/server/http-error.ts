/** An answer other than success: thrown anywhere under a route, turned into an `ApiError` body at the end. */
export class HttpError extends Error {
  override name = 'HttpError';

  /**
   * @param status - HTTP status, 400..599.
   * @param code - What programs branch on, in kebab case.
   * @param message - What people read: the rule, what arrived, and the way out.
   */
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
