import {codeVersion} from './code-version.js';
import {Kept} from './kept.js';
import type {Lab} from './lab.js';
import type {Step} from './steps.js';

export interface Measuring<T> {
  name: string;
  seed: number;
  weight: number;
  /** Files of this folder that it is made by, besides the claims. */
  code?: readonly string[];
  work: () => Promise<T>;
  use: (result: T) => void;
}

/** Creates steps of work on the runs of one seed, whose results are stored next to them. */
export class Measurements {
  readonly #lab: Lab;
  readonly #kept: Kept;

  constructor(lab: Lab, folder: string) {
    this.#lab = lab;
    this.#kept = new Kept(folder);
  }

  /** A result is good for its plan, its seed, the code that measures, and the very runs that were measured. */
  step<T>({name, seed, weight, code = [], work, use}: Measuring<T>): Step {
    return {
      name: `${name}, seed ${seed}`,
      weight,
      run: async () => {
        const plan = {...this.#lab.plan, seeds: null};
        const key = {plan, seed, code: await codeVersion(code), made: await this.#lab.made(seed)};
        const [result, how] = await this.#kept.once(`${name}-seed-${seed}`, key, work);
        use(result);
        return how;
      },
    };
  }
}
