import {cpus} from 'node:os';
import {join} from 'node:path';
import {MetricsPool} from 'cnnslicer/metrics/simd';
import {loadTensorFlow} from '#src/cli/backend.js';
import {judge, type Claim, type Measured} from './claim.js';
import {claims} from './claims/index.js';
import {codeVersion} from './code-version.js';
import {Kept} from './kept.js';
import {Lab} from './lab.js';
import type {Settings} from './options.js';
import {takePictures, type Picture} from './report/pictures.js';
import {writeReport, type Studies} from './report/report.js';
import {shots} from './report/shots.js';
import {goThrough, type Step} from './steps.js';
import {neighborsStudy} from './studies/neighbors.js';
import {pruningStudy} from './studies/pruning.js';
import {sensitivity} from './studies/sensitivity.js';

/** Trains what is not trained yet, measures what is not measured yet, and writes the report. */
export async function reproduce(settings: Settings, signal: AbortSignal): Promise<void> {
  const {plan, backend, figures, out} = settings;
  const runs = join(settings.runs, plan.name, backend);
  const tf = await loadTensorFlow(backend);
  const lab = new Lab(tf, plan, runs, await MetricsPool.create());
  const kept = new Kept(join(runs, '.measured'));
  const version = await codeVersion();
  const seeds = Array.from({length: plan.seeds}, (_, i) => i + 1);
  const chosen = claims.filter(({figure}) => figures?.includes(figure) ?? true);
  const measured = new Map<Claim, Measured[]>(chosen.map(claim => [claim, []]));
  const studies: Studies | null = figures
    ? null
    : {neighbors: [], sensitivity: {intra: [], capacity: [], inter: []}, pruning: []};
  let pictures: Picture[] = [];

  /** A step that measures, for one seed. */
  const measuring = <T>(
    name: string,
    {
      seed,
      weight,
      work,
      use,
    }: {seed: number; weight: number; work: () => Promise<T>; use: (result: T) => void},
  ): Step => ({
    name: `${name}, seed ${seed}`,
    weight,
    async run() {
      const key = {plan: {...plan, seeds: null}, seed, version, made: await lab.made(seed)};
      const [result, how] = await kept.once(`${name}-seed-${seed}`, key, work);
      use(result);
      return how;
    },
  });

  const training = seeds
    .flatMap(seed => lab.experiments(seed))
    .map((experiment): Step => ({
      name: `train ${lab.nameOf(experiment)}`,
      // A photograph takes about 20 times as long as a digit.
      weight: experiment.size * lab.epochsOf(experiment) * (experiment.dataset === 'mnist' ? 1 : 20) + 500,
      run: () => lab.train(experiment, signal),
    }));
  const claiming = chosen.flatMap(claim =>
    seeds.map(seed =>
      measuring(claim.id, {
        seed,
        weight: 700,
        work: () => claim.measure(lab, seed),
        use: result => measured.get(claim)?.push(result),
      }),
    ),
  );
  const studying = studies
    ? [
        measuring('neighbors', {
          seed: 1,
          weight: plan.name === 'full' ? 10_000 : 500,
          work: () => neighborsStudy(lab),
          use: rows => studies.neighbors.push(...rows),
        }),
        ...seeds.flatMap(seed => [
          measuring('pruning', {
            seed,
            weight: 4000,
            work: () => pruningStudy(lab, seed),
            use: rows => studies.pruning.push(...rows),
          }),
          measuring('sensitivity', {
            seed,
            weight: 4000,
            work: () => sensitivity(lab, seed),
            use: ({intra, capacity, inter}) => {
              studies.sensitivity.intra.push(...intra);
              studies.sensitivity.capacity.push(...capacity);
              studies.sensitivity.inter.push(...inter);
            },
          }),
        ]),
      ]
    : [];
  const picturing: Step = {
    name: 'pictures',
    weight: 2000,
    async run() {
      const tables = new Map(
        chosen.map(({id}, i) => [id, (measured.get(chosen[i] as Claim) ?? []).flatMap(({rows}) => rows)]),
      );
      const wanted = shots(lab, tables).filter(({figure}) => chosen.some(claim => claim.figure === figure));
      pictures = await takePictures(runs, wanted, join(out, 'pictures'));
      return 'done';
    },
  };

  const say = (line: string) => console.log(line);
  try {
    await goThrough([...training, ...claiming, ...studying, picturing], {signal, say});
    const results = chosen.map(claim => {
      const ofSeeds = measured.get(claim) ?? [];
      const result = judge(
        claim,
        ofSeeds.map(({value}) => value),
      );
      return {claim, result, rows: ofSeeds.flatMap(({rows}) => rows)};
    });
    const machine = `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`;
    await writeReport(out, {plan, machine, backend, claims: results, studies, pictures});
    for (const {result} of results) say(`${result.verdict.padEnd(14)} ${result.id}`);
    say(`The report is ${join(out, 'README.md')}.`);
  } finally {
    await lab.close();
  }
}
