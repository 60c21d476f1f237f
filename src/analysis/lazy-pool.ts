import {MetricsPool} from '../metrics/simd/index.js';

/** Threads that are started when there is something to compute, shared by all who hold this. */
export class LazyPool {
  readonly #options: {threads?: number};
  #pool: Promise<MetricsPool> | undefined;

  constructor(options: {threads?: number} = {}) {
    this.#options = options;
  }

  /** Starts the threads at the first call; later calls get the same pool. */
  get(): Promise<MetricsPool> {
    this.#pool ??= MetricsPool.create(this.#options);
    return this.#pool;
  }

  /** Ends the threads; work under way fails. Asking again starts new ones. */
  async close(): Promise<void> {
    const pool = this.#pool;
    this.#pool = undefined;
    await (await pool)?.close();
  }
}
