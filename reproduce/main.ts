import {existsSync} from 'node:fs';
import {mkdir, readFile, writeFile} from 'node:fs/promises';
import {cpus} from 'node:os';
import {join} from 'node:path';
import {Command, Option} from 'commander';
import {MetricsPool} from 'cnnslicer/metrics/simd';
import {backends, loadTensorFlow, type Backend} from '#src/cli/backend.js';
import {integer} from '#src/cli/shared-options.js';
import {judge, type Claim, type Measured} from './claim.js';
import {claims} from './claims/index.js';
import {Lab, type Experiment} from './lab.js';
import {plans, type Plan} from './plan.js';
import {goThrough} from './steps.js';
import {writeReport} from './report.js';

interface Options {
  full?: boolean;
  only?: string;
  backend: Backend;
  seeds?: number;
  runs: string;
  out: string;
}

const options = new Command('npm run reproduce --')
  .description("Train the paper's experiments and write what of it holds, claim by claim.")
  .option('--quick', 'small runs, minutes (the default)')
  .option('--full', "the paper's sizes")
  .option('--only <figures>', 'only these, e.g. fig5,fig6')
  .addOption(new Option('--backend <name>', 'TensorFlow.js backend').choices(backends).default('wasm'))
  .option('--seeds <number>', 'how many seeds', integer(1))
  .option('--runs <dir>', 'where trained runs and finished claims are kept and found again', 'runs/reproduce')
  .option('--out <dir>', 'where the report goes', 'build/reproduction')
  .parse()
  .opts<Options>();

const base = plans[options.full ? 'full' : 'quick'];
const plan: Plan = {...base, seeds: options.seeds ?? base.seeds};
const figures = options.only?.split(',');
const chosen = claims.filter(({figure}) => figures?.includes(figure) ?? true);
if (chosen.length === 0) {
  throw new Error(`reproduce: --only takes ${[...new Set(claims.map(({figure}) => figure))].join(', ')}.`);
}
const seeds = Array.from({length: plan.seeds}, (_, i) => i + 1);
const runs = join(options.runs, plan.name);
const tf = await loadTensorFlow(options.backend);
const lab = new Lab(tf, plan, runs, await MetricsPool.create());
const measured = new Map<Claim, Measured[]>(chosen.map(claim => [claim, []]));

const experiments: Experiment[] = seeds.flatMap(seed => [
  ...plan.mnistSizes.map(size => ({dataset: 'mnist' as const, size, seed})),
  {dataset: 'cifar10' as const, size: plan.cifarSize, seed},
]);
try {
  await goThrough([
    ...experiments.map(experiment => ({
      name: `train ${lab.nameOf(experiment)}`,
      // A photograph takes about 20 times as long as a digit.
      weight: experiment.size * lab.epochsOf(experiment) * (experiment.dataset === 'mnist' ? 1 : 20) + 500,
      run: () => lab.train(experiment),
    })),
    ...chosen.flatMap(claim =>
      seeds.map(seed => ({
        name: `${claim.id}, seed ${seed}`,
        weight: 1500,
        run: async () => void measured.get(claim)?.push(await once(claim, seed)),
      })),
    ),
  ]);
  const results = chosen.map(claim => ({
    claim,
    rows: (measured.get(claim) ?? []).flatMap(({rows}) => rows),
    result: judge(
      claim,
      (measured.get(claim) ?? []).map(({value}) => value),
    ),
  }));
  await writeReport(options.out, {
    plan,
    results,
    machine: `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}, backend ${tf.getBackend()}`,
  });
  for (const {result} of results) console.log(`${result.verdict.padEnd(14)} ${result.id}`);
  console.log(`The report is ${join(options.out, 'README.md')}.`);
} finally {
  await lab.close();
}

/** Measures a claim, or takes what an earlier run of this program measured. */
async function once(claim: Claim, seed: number): Promise<Measured> {
  const file = join(runs, 'claims', `${claim.id}-seed-${seed}.json`);
  if (existsSync(file)) return JSON.parse(await readFile(file, 'utf8')) as Measured;
  const result = await claim.measure(lab, seed);
  await mkdir(join(runs, 'claims'), {recursive: true});
  await writeFile(file, JSON.stringify(result));
  return result;
}
