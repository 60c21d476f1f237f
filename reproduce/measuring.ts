import {codeVersion} from './code-version.js';
import {Kept} from './kept.js';
import type {Lab} from './lab.js';
import type {Step} from './steps.js';

export interface Measuring<T> {
  name: string;
  seed: number;
  weight: number;
  work: () => Promise<T>;
  use: (result: T) => void;
}

/** Makes steps of work on the runs of one seed, whose results are kept beside them. */
export class Measurements {
  readonly #lab: Lab;
  readonly #kept: Kept;
  readonly #version: string;

  private constructor(lab: Lab, kept: Kept, version: string) {
    this.#lab = lab;
    this.#kept = kept;
    this.#version = version;
  }

  static async create(lab: Lab, folder: string): Promise<Measurements> {
    return new Measurements(lab, new Kept(folder), await codeVersion());
  }

  /** A result is good for its plan, its seed, the code that measures, and the very runs that were measured. */
  step<T>({name, seed, weight, work, use}: Measuring<T>): Step {
    return {
      name: `${name}, seed ${seed}`,
      weight,
      run: async () => {
        const plan = {...this.#lab.plan, seeds: null};
        const key = {plan, seed, code: this.#version, made: await this.#lab.made(seed)};
        const [result, how] = await this.#kept.once(`${name}-seed-${seed}`, key, work);
        use(result);
        return how;
      },
    };
  }
}
