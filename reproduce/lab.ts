import type * as tfjs from '@tensorflow/tfjs';
import {existsSync} from 'node:fs';
import {rm} from 'node:fs/promises';
import {createRequire} from 'node:module';
import {join} from 'node:path';
import {openCube, resultRows, type Cube} from 'cnnslicer/analysis';
import type {MetricsPool} from 'cnnslicer/metrics/simd';
import {demos} from '#src/cli/demo/demos.js';
import {preparationProgress} from '#src/cli/demo/preparation.js';
import {epochProgress} from '#src/cli/demo/progress.js';
import {trainDemo} from '#src/cli/demo/train.js';
import type {Row} from './row.js';
import type {Plan} from './plan.js';

const {version} = createRequire(import.meta.url)('cnnslicer/package.json') as {version: string};

export interface Experiment {
  dataset: 'mnist' | 'cifar10';
  /** Training images of each class. */
  size: number;
  seed: number;
}

/** Trained runs, and what is needed to ask about them. */
export class Lab {
  readonly #open = new Map<string, Cube>();

  constructor(
    readonly tf: typeof tfjs,
    readonly plan: Plan,
    readonly runs: string,
    readonly pool: MetricsPool,
  ) {}

  /** The runs that a seed needs. */
  experiments(seed: number): Experiment[] {
    return [
      ...this.plan.mnistSizes.map(size => ({dataset: 'mnist' as const, size, seed})),
      {dataset: 'cifar10' as const, size: this.plan.cifarSize, seed},
    ];
  }

  nameOf({dataset, size, seed}: Experiment): string {
    return `${dataset}-${size}-seed-${seed}`;
  }

  epochsOf({dataset}: Experiment): number {
    return dataset === 'mnist' ? this.plan.mnistEpochs : this.plan.cifarEpochs;
  }

  /**
   * Trains a run as `cnnslicer demo` does, unless it is there whole, made by this version on this backend.
   *
   * @throws The signal's reason once it is aborted; the epochs that are finished stay.
   */
  async train(experiment: Experiment, signal: AbortSignal): Promise<'done' | 'kept'> {
    const dir = join(this.runs, this.nameOf(experiment));
    if (await this.#isWhole(dir, experiment)) return 'kept';
    await rm(dir, {recursive: true, force: true});
    const demo = demos.find(({dataset}) => dataset.name === experiment.dataset);
    if (!demo) throw new Error(`there is no demo on ${experiment.dataset}.`);
    const preparation = preparationProgress({quiet: false});
    await trainDemo(this.tf, dir, demo, {
      samplesPerClass: experiment.size,
      epochs: this.epochsOf(experiment),
      seed: experiment.seed,
      signal,
      onPreparation: preparation.show,
      progress: settings => epochProgress({...settings, quiet: false}),
    }).finally(preparation.stop);
    signal.throwIfAborted();
    return 'done';
  }

  async #isWhole(dir: string, experiment: Experiment): Promise<boolean> {
    if (!existsSync(join(dir, 'run.json'))) return false;
    const cube = await openCube(dir);
    const {status, seed, backend, versions, training} = cube.info;
    const epochs = await cube.epochs();
    await cube.close();
    return (
      status === 'finished' &&
      seed === experiment.seed &&
      backend === this.tf.getBackend() &&
      versions.cnnslicer === version &&
      training.samples === experiment.size * 10 &&
      epochs.at(-1) === this.epochsOf(experiment)
    );
  }

  /** When each run of a seed was made: what was measured on it is only good for that. */
  async made(seed: number): Promise<string[]> {
    const runs = this.experiments(seed).map(experiment => this.run(experiment));
    return (await Promise.all(runs)).map(({info}) => `${info.name} ${info.createdAt}`);
  }

  /** A trained run; it stays open until the lab closes. */
  async run(experiment: Experiment): Promise<Cube> {
    const name = this.nameOf(experiment);
    const open = this.#open.get(name) ?? (await openCube(join(this.runs, name)));
    this.#open.set(name, open);
    return open;
  }

  /** The MNIST run that the paper's figures on channels are repeated on. */
  mnist(seed: number, size = this.plan.large): Promise<Cube> {
    return this.run({dataset: 'mnist', size, seed});
  }

  cifar10(seed: number): Promise<Cube> {
    return this.run({dataset: 'cifar10', size: this.plan.cifarSize, seed});
  }

  async close(): Promise<void> {
    for (const cube of this.#open.values()) await cube.close();
    await this.pool.close();
  }
}

/** The answer to a question in the notation, as rows; the question is not of feature maps. */
export async function ask(cube: Cube, question: string): Promise<Row[]> {
  return resultRows(await cube.query(question)) as Row[];
}

/** The defined numbers of a column. */
export function numbers(rows: readonly Row[], column = 'bits'): number[] {
  return rows.map(row => row[column]).filter(value => typeof value === 'number');
}

export const lastEpoch = async (cube: Cube): Promise<number> => (await cube.epochs()).at(-1) ?? 0;
