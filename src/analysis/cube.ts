import {
  parseQuery,
  printQuery,
  type Query,
  type QueryResult,
  type RunInfo,
  type Slice,
} from '../shared/index.js';
import {openRun, Run} from '../store/index.js';
import type {Job} from '../measures/answer/compute.js';
import {CubeSlice} from './cube-slice.js';
import {LazyPool} from './lazy-pool.js';
import {PairCodesCache} from '../measures/capacity/pair-codes-cache.js';
import {answerFromIntact} from './query/damaged-epochs.js';
import {evaluate} from './query/evaluate.js';
import {resolveSlice} from '../measures/slice/resolve-slice.js';

/** Options of {@link openCube}. */
export interface CubeOptions {
  /** Threads to compute with; default the machine's cores. */
  threads?: number;
}

/**
 * Opens a run as the hypercube dCNN(X, L, C, T). Nothing is read before it is asked for, and then only the record
 * batches that it takes. Close it when done: it may hold threads.
 *
 * @throws {RunFormatError} `not-a-run`, `version` or `damaged`, in one line.
 */
export async function openCube(dir: string, options: CubeOptions = {}): Promise<Cube> {
  const {dir: path, info} = await openRun(dir);
  return new Cube(path, info, new LazyPool(options));
}

/** A run that evaluates queries in the notation, in addition to reading its data. */
export class Cube extends Run {
  readonly #codes = new PairCodesCache();
  readonly #pool: LazyPool;

  /** Use {@link openCube}, or this where several runs share their threads. */
  constructor(dir: string, info: RunInfo, pool: LazyPool) {
    super(dir, info);
    this.#pool = pool;
  }

  /**
   * Answers a question, e.g. `H(dCNN(*, conv2d_1, *, 0..20))`. What takes long to compute is kept in the run folder
   * and not computed again. Where some epochs are damaged, the intact ones are used, and the fact
   * `damaged_epochs` names the others.
   *
   * @param question - In the notation, or parsed.
   * @throws {QueryError} if the text is not in the notation.
   * @throws {NoSuchSlice} if it names something that the run does not have.
   * @throws {RunFormatError} `damaged`, if it asks for nothing but damaged epochs, or names one.
   */
  async query(question: string | Query, job: Job = {}): Promise<QueryResult> {
    const query = typeof question === 'string' ? parseQuery(question) : question;
    const compute = await this.#pool.get();
    const answer = await answerFromIntact(this, query, captured =>
      evaluate({run: this, captured, compute, codes: this.#codes, job}, query),
    );
    return {expression: printQuery(query), ...answer};
  }

  /**
   * A part of the hypercube; whatever is left out is taken whole.
   *
   * @throws {NoSuchSlice} if it names something that the run does not have.
   */
  async slice(slice: Partial<Slice> = {}): Promise<CubeSlice> {
    const whole: Slice = {samples: 'all', layers: 'all', channels: 'all', epochs: 'all', ...slice};
    return new CubeSlice(this, whole, resolveSlice(this.info, await this.epochs(), whole));
  }

  /** Ends the threads; questions under way fail. The run may be asked again afterwards. */
  close(): Promise<void> {
    return this.#pool.close();
  }
}
