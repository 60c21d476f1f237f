import type * as tfjs from '@tensorflow/tfjs';
import {existsSync} from 'node:fs';
import {rm} from 'node:fs/promises';
import {join} from 'node:path';
import {openRun, type Cube} from 'cnnslicer/analysis';
import type {MetricsPool} from 'cnnslicer/metrics/simd';
import {demos} from '#src/cli/demo/demos.js';
import {trainDemo} from '#src/cli/demo/train.js';
import type {Row} from './claim.js';
import type {Plan} from './plan.js';

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

  nameOf({dataset, size, seed}: Experiment): string {
    return `${dataset}-${size}-seed-${seed}`;
  }

  epochsOf({dataset}: Experiment): number {
    return dataset === 'mnist' ? this.plan.mnistEpochs : this.plan.cifarEpochs;
  }

  /** Trains a run as `cnnslicer demo` does, unless it is there with all its epochs. */
  async train(experiment: Experiment): Promise<void> {
    const dir = join(this.runs, this.nameOf(experiment));
    const epochs = this.epochsOf(experiment);
    if (existsSync(join(dir, 'run.json'))) {
      const cube = await openRun(dir);
      const done = await cube.epochs();
      await cube.close();
      if (done.at(-1) === epochs) return;
      await rm(dir, {recursive: true});
    }
    for (const demo of demos) {
      if (demo.dataset.name !== experiment.dataset) continue;
      await trainDemo(this.tf, dir, demo, {
        samplesPerClass: experiment.size,
        epochs,
        seed: experiment.seed,
        signal: new AbortController().signal,
        onPreparation: () => {},
        progress: () => ({batch: () => {}, epoch: () => {}, stop: () => {}}),
      });
    }
  }

  /** A trained run; it stays open until the lab closes. */
  async run(experiment: Experiment): Promise<Cube> {
    const name = this.nameOf(experiment);
    const open = this.#open.get(name) ?? (await openRun(join(this.runs, name)));
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

/** The answer to a question in the notation, as rows. */
export async function ask(cube: Cube, question: string): Promise<Row[]> {
  const {columns, rows} = await cube.query(question);
  return Array.from({length: rows}, (_, i) =>
    Object.fromEntries(
      columns.flatMap(({name, values}) => {
        const value = values[i] ?? null;
        return value instanceof Float32Array ? [] : [[name, value]];
      }),
    ),
  );
}

/** The defined numbers of a column. */
export function numbers(rows: readonly Row[], column = 'bits'): number[] {
  return rows.map(row => row[column]).filter(value => typeof value === 'number');
}

export const lastEpoch = async (cube: Cube): Promise<number> => (await cube.epochs()).at(-1) ?? 0;
