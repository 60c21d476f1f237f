/** A measure that threw at one layer. */
export interface MeasureFailure {
  /** As the documentation names it, e.g. `matrix entropy`. */
  measure: string;
  layer: string;
  /** Message of the error, one line. */
  message: string;
}

/** Runs the measures of one layer independently: one that throws loses only its own values. */
export class MeasureAttempts {
  readonly #layer: string;
  readonly #failures = new Map<string, MeasureFailure>();

  constructor(layer: string) {
    this.#layer = layer;
  }

  /** The measures that threw, each once, with its first error. */
  get failures(): MeasureFailure[] {
    return [...this.#failures.values()];
  }

  /**
   * @param measures - Those that need the work.
   * @returns What `work` returns, or `otherwise` where it throws.
   */
  try<T>(measures: readonly string[], work: () => T, otherwise: () => T): T {
    try {
      return work();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      for (const measure of measures) {
        if (!this.#failures.has(measure)) {
          this.#failures.set(measure, {measure, layer: this.#layer, message});
        }
      }
      return otherwise();
    }
  }
}
