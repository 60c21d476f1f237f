import {Command, InvalidArgumentError, Option} from 'commander';
import {backends, type Backend} from '#src/cli/backend.js';
import {integer} from '#src/cli/shared-options.js';
import {claims} from './claims/index.js';
import {plans, type Plan} from './plan.js';

/** Options of the command line. */
export interface Settings {
  plan: Plan;
  backend: Backend;
  /** Figures whose claims are measured; null is all of them and the studies. */
  figures: string[] | null;
  runs: string;
  out: string;
}

interface Options {
  full?: boolean;
  only?: string[];
  backend: Backend;
  seeds?: number;
  runs: string;
  out: string;
}

/** Figures that a claim is about, in the paper's order. */
const figures = [...new Set(claims.map(({figure}) => figure))];

/** @param run - Called with what was asked for. */
export function reproduceCommand(run: (settings: Settings) => Promise<void>): Command {
  return new Command('npm run reproduce --')
    .description("Train the paper's experiments and write what of it holds, claim by claim.")
    .addOption(new Option('--quick', 'small runs, minutes (the default)').conflicts('full'))
    .option('--full', "the paper's sizes, an hour or more")
    .option('--only <figures>', `only these, without the studies: ${figures.join(', ')}`, readFigures)
    .addOption(new Option('--backend <name>', 'TensorFlow.js backend').choices(backends).default('wasm'))
    .option(
      '--seeds <number>',
      'how often everything is repeated; fewer than 3 settle nothing (default: 3)',
      integer(1),
    )
    .option('--runs <dir>', 'where what is finished is kept and found again', 'runs/reproduce')
    .option('--out <dir>', 'where the report goes', 'build/reproduction')
    .addHelpText(
      'after',
      '\nExamples:\n  $ npm run reproduce -- --quick --backend node\n  $ npm run reproduce -- --only fig5,fig6 --seeds 5\n' +
        '  $ npm run reproduce -- --full --backend node --out docs/reproduction\n\n' +
        'Ctrl-C stops; the same command resumes.',
    )
    .allowExcessArguments(false)
    .exitOverride()
    .action((options: Options) => run(settingsOf(options)));
}

function settingsOf({full, only, backend, seeds, runs, out}: Options): Settings {
  const plan = plans[full ? 'full' : 'quick'];
  return {plan: {...plan, seeds: seeds ?? plan.seeds}, backend, figures: only ?? null, runs, out};
}

function readFigures(text: string): string[] {
  const wanted = text.split(',').map(name => name.trim());
  const unknown = wanted.find(name => !figures.includes(name));
  if (unknown !== undefined) {
    throw new InvalidArgumentError(`There is no claim about "${unknown}"; it takes ${figures.join(', ')}.`);
  }
  return wanted;
}
