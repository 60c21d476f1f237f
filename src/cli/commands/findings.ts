import {Command} from 'commander';
import {findings, openRun} from '../../analysis/index.js';
import {findingsList} from '../findings-list.js';
import {interruptible} from '../interruptible.js';
import {progressBar} from '../progress-bar.js';
import {jsonOption, logdirOption, quietOption, runDirectory} from '../shared-options.js';

export function findingsCommand(): Command {
  return new Command('findings')
    .description('Say what stands out in a run, how sure that is, and the query that shows it.')
    .argument('<run>', 'a run folder, or the name of a run in --logdir')
    .addOption(logdirOption())
    .addOption(jsonOption())
    .addOption(quietOption())
    .addHelpText(
      'after',
      '\nExamples:\n  $ cnnslicer findings mnist\n  $ cnnslicer findings runs/mnist --json',
    )
    .action(
      async (name: string, {logdir, json, quiet}: {logdir: string; json?: boolean; quiet?: boolean}) => {
        const cube = await openRun(runDirectory(name, logdir));
        const bar = progressBar('looking', {quiet: quiet === true || json === true});
        try {
          const found = await interruptible(signal =>
            findings(cube, {signal, onProgress: done => bar.update(done)}),
          ).finally(() => bar.stop());
          console.log(json ? JSON.stringify(found, null, 2) : findingsList(found));
        } finally {
          await cube.close();
        }
      },
    );
}
