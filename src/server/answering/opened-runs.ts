import {Cube, LazyPool} from '../../analysis/index.js';
import {openRun} from '../../store/index.js';
import type {RunAt} from './question.js';

/** Runs that are kept open at most. */
const MAX_OPEN = 16;

/** The runs that an answering process was asked of last, kept open with what they have read; they share their threads. */
export class OpenedRuns {
  readonly #pool = new LazyPool();
  readonly #opened = new Map<string, {version: string; cube: Cube}>();

  /** @throws {RunFormatError} if the run cannot be opened any more. */
  async open({dir, version}: RunAt): Promise<Cube> {
    const known = this.#opened.get(dir);
    this.#opened.delete(dir);
    const cube = known?.version === version ? known.cube : await this.#open(dir);
    this.#opened.set(dir, {version, cube});
    const [oldest] = this.#opened.keys();
    if (this.#opened.size > MAX_OPEN && oldest !== undefined) this.#opened.delete(oldest);
    return cube;
  }

  async #open(dir: string): Promise<Cube> {
    const run = await openRun(dir);
    return new Cube(run.dir, run.info, this.#pool);
  }
}
