import {Command} from 'commander';
import {findings, openCube} from '../../analysis/index.js';
import {documentPath} from '../document-path.js';
import {writeFindingsEvents} from '../findings-events.js';
import {findingsList} from '../findings-list.js';
import {interruptible} from '../interruptible.js';
import {progressBar} from '../progress-bar.js';
import {jsonOption, logdirOption, quietOption, runDirectory} from '../shared-options.js';

interface FindingsOptions {
  logdir: string;
  /** True for the run's own folder. */
  tensorboard?: string | true;
  json?: boolean;
  quiet?: boolean;
}

export function findingsCommand(): Command {
  return new Command('findings')
    .description('Print what stands out in a run, with the confidence and the query that shows it.')
    .argument('<run>', 'a run folder, or the name of a run in --logdir')
    .addOption(logdirOption())
    .option(
      '--tensorboard [dir]',
      "also write them for TensorBoard's Text page; pass the directory of the callback's tensorboard option, if any",
    )
    .addOption(jsonOption())
    .addOption(quietOption())
    .addHelpText(
      'after',
      '\nExamples:\n  $ cnnslicer findings mnist\n  $ cnnslicer findings runs/mnist --json\n  $ cnnslicer findings mnist --tensorboard' +
        `\n\nEach kind is defined in ${documentPath('findings.md')}`,
    )
    .action(async (name: string, {logdir, tensorboard, json, quiet}: FindingsOptions) => {
      const cube = await openCube(runDirectory(name, logdir));
      const bar = progressBar('looking', {quiet: quiet === true || json === true});
      try {
        const found = await interruptible(signal =>
          findings(cube, {signal, onProgress: done => bar.update(done)}),
        ).finally(() => bar.stop());
        const epoch = (await cube.epochs()).at(-1);
        if (tensorboard && epoch !== undefined) {
          await writeFindingsEvents(cube, tensorboard === true ? null : tensorboard, found, epoch);
        }
        console.log(json ? JSON.stringify(found, null, 2) : findingsList(found));
      } finally {
        await cube.close();
      }
    });
}
