/**
 * Reports the failures of a training: one warning each, or with `strict` the first one as an error
 * at the next hook.
 */
export class Failures {
  readonly #strict: boolean;
  /** The first failure, with `strict`. */
  #first: Error | null = null;
  #thrown = false;

  constructor(strict: boolean) {
    this.#strict = strict;
  }

  /** @param consequence - What it means for the training; an error that is thrown needs none. */
  tell(message: string, {consequence = '', cause}: {consequence?: string; cause?: unknown} = {}): void {
    if (this.#strict) this.#first ??= new Error(`cnnslicer: ${message}`, {cause});
    else console.warn(`cnnslicer: ${message}${consequence && ` ${consequence}`}`);
  }

  /** @throws {Error} the first failure, unless a hook has thrown it before. */
  throwAtHook(): void {
    if (!this.#first || this.#thrown) return;
    this.#thrown = true;
    throw this.#first;
  }

  /** @throws {Error} the first failure, as often as it is asked for. */
  throwAlways(): void {
    if (this.#first) throw this.#first;
  }

  /** Another training begins. */
  forget(): void {
    this.#first = null;
    this.#thrown = false;
  }
}
