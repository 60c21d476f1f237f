import {cpus} from 'node:os';
import {join} from 'node:path';
import {MetricsPool} from 'cnnslicer/metrics/simd';
import {loadTensorFlow} from '#src/cli/backend.js';
import {judge, type Measured} from './claim.js';
import {claims} from './claims/index.js';
import {Lab} from './lab.js';
import {Measurements} from './measuring.js';
import type {Settings} from './options.js';
import {takePictures, type Picture} from './report/pictures.js';
import {writeReport} from './report/report.js';
import {shots} from './report/shots.js';
import {runSteps, type Step} from './steps.js';
import {studySteps, type Studies} from './studies/index.js';

/** Trains what is not trained yet, measures what is not measured yet, and writes the report. */
export async function reproduce(settings: Settings, signal: AbortSignal): Promise<void> {
  const {plan, backend, figures, out} = settings;
  const runs = join(settings.runs, plan.name, backend);
  const lab = new Lab(await loadTensorFlow(backend), plan, runs, await MetricsPool.create());
  const measurements = new Measurements(lab, join(runs, '.measured'));
  const seeds = Array.from({length: plan.seeds}, (_, i) => i + 1);
  const chosen = claims
    .filter(({figure}) => figures?.includes(figure) ?? true)
    .map(claim => ({claim, measured: [] as Measured[]}));
  const studies: Studies | null = figures
    ? null
    : {neighbors: [], sensitivity: {intra: [], capacity: [], inter: []}, pruning: []};
  let pictures: Picture[] = [];

  const claiming = chosen.flatMap(({claim, measured}) =>
    seeds.map(seed =>
      measurements.step({
        name: claim.id,
        seed,
        weight: 700,
        work: () => claim.measure(lab, seed),
        use: result => measured.push(result),
      }),
    ),
  );
  const picturing: Step = {
    name: 'pictures',
    weight: 2000,
    run: async () => {
      const first = new Map(chosen.map(({claim, measured}) => [claim.id, measured[0]?.rows ?? []]));
      const wanted = shots(lab, first).filter(shot => figures?.includes(shot.figure) ?? true);
      pictures = await takePictures(runs, wanted, join(out, 'pictures'));
      return 'done';
    },
  };
  try {
    await runSteps(
      [
        ...trainingSteps(lab, seeds, signal),
        ...claiming,
        ...(studies ? studySteps(studies, {lab, measurements, seeds}) : []),
        picturing,
      ],
      {signal, say: line => console.log(line)},
    );
    const results = chosen.map(({claim, measured}) => ({
      claim,
      result: judge(
        claim,
        measured.map(({value}) => value),
      ),
      rows: measured.flatMap(({rows}) => rows),
    }));
    const machine = `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`;
    await writeReport(out, {plan, machine, backend, claims: results, studies, pictures});
    for (const {result} of results) console.log(`${result.verdict.padEnd(14)} ${result.id}`);
    console.log(`The report is ${join(out, 'README.md')}.`);
  } finally {
    await lab.close();
  }
}

function trainingSteps(lab: Lab, seeds: readonly number[], signal: AbortSignal): Step[] {
  const experiments = seeds.flatMap(seed => lab.experiments(seed));
  return experiments.map(experiment => ({
    name: `train ${lab.nameOf(experiment)}`,
    // A photograph takes about 20 times as long as a digit.
    weight: experiment.size * lab.epochsOf(experiment) * (experiment.dataset === 'mnist' ? 1 : 20) + 500,
    run: () => lab.train(experiment, signal),
  }));
}
