/** A measure that threw at one layer. */
export interface MeasureFailure {
  /** As the documentation names it, e.g. `matrix entropy`. */
  measure: string;
  layer: string;
  /** What was thrown, one line. */
  message: string;
}

/** The measures of one layer, each on its own: one that throws costs its own values and no others. */
export class MeasureAttempts {
  readonly #layer: string;
  readonly #failures = new Map<string, MeasureFailure>();

  constructor(layer: string) {
    this.#layer = layer;
  }

  /** What threw, each measure once, with what it threw first. */
  get failures(): MeasureFailure[] {
    return [...this.#failures.values()];
  }

  /**
   * @param measures - Those that need the work.
   * @returns What `work` returns, or `otherwise` where it throws.
   */
  try<T>(measures: readonly string[], work: () => T, otherwise: T): T {
    try {
      return work();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      for (const measure of measures) {
        if (!this.#failures.has(measure)) {
          this.#failures.set(measure, {measure, layer: this.#layer, message});
        }
      }
      return otherwise;
    }
  }
}
