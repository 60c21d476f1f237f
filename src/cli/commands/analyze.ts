import {Command, InvalidArgumentError, Option} from 'commander';
import {analyze, openCube, type AnalyzeOptions} from '../../analysis/index.js';
import {LIMITS, parseQuery, QueryError, type IndexSelector} from '../../shared/index.js';
import {interruptible} from '../interruptible.js';
import {progressBar} from '../progress-bar.js';
import {integer, jsonOption, logdirOption, quietOption, runDirectory} from '../shared-options.js';

interface Options extends AnalyzeOptions {
  logdir: string;
  threads?: number;
  json?: boolean;
  quiet?: boolean;
}

export function analyzeCommand(): Command {
  return new Command('analyze')
    .description('Precompute the capacities and entropies of a run, so that views and queries are fast.')
    .argument('<run>', 'a run folder, or the name of a run in --logdir')
    .addOption(logdirOption())
    .addOption(
      new Option('--pairs <which>', 'layer pairs for channel capacity')
        .choices(['consecutive', 'all'])
        .default('consecutive'),
    )
    .option('--epochs <selection>', 'captured epochs, such as 0..20:5 or {0,10}; default all', epochs)
    .option(
      '--permutations <number>',
      'draws of the permutation baseline',
      integer(0, LIMITS.permutations),
      0,
    )
    .option('--bins <number>', 'bins of the distances', integer(1, LIMITS.capacityBins), 32)
    .option(
      '--threads <number>',
      'number of threads; default the number of cores',
      integer(1, LIMITS.threads),
    )
    .addOption(jsonOption())
    .addOption(quietOption())
    .addHelpText(
      'after',
      '\nExamples:\n  $ cnnslicer analyze mnist\n  $ cnnslicer analyze runs/mnist --pairs all --epochs 0..20:5 --permutations 20',
    )
    .action(async (name: string, options: Options) => run(runDirectory(name, options.logdir), options));
}

async function run(dir: string, {threads, json, quiet, ...options}: Options): Promise<void> {
  const silent = quiet === true || json === true;
  const cube = await openCube(dir, threads === undefined ? {} : {threads});
  const bar = progressBar('analyzing', {quiet: silent});
  const startMs = performance.now();
  const counts = {computed: 0, kept: 0};
  let epoch: number | undefined;
  try {
    await interruptible(async signal => {
      for await (const step of analyze(cube, options, {signal})) {
        counts[step.computed ? 'computed' : 'kept']++;
        bar.update(step.done / step.total);
        if (!silent && !process.stderr.isTTY && step.epoch !== epoch) console.log(`epoch ${step.epoch}`);
        epoch = step.epoch;
      }
    });
  } finally {
    bar.stop();
    await cube.close();
  }
  const seconds = (performance.now() - startMs) / 1000;
  if (json) console.log(JSON.stringify({run: cube.info.name, ...counts, seconds}));
  else if (!quiet) {
    console.log(
      `${counts.computed} tables computed in ${seconds.toFixed(1)} s, ${counts.kept} existed already (${cube.dir}/derived)`,
    );
  }
}

/** Parses an epoch selection in the notation. */
function epochs(text: string): IndexSelector {
  try {
    const query = parseQuery(`dCNN(*, *, *, ${text})`);
    if ('slice' in query) return query.slice.epochs;
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
  }
  throw new InvalidArgumentError('must be epochs such as 3, 0..20, 0..20:5 or {0,10}.');
}
