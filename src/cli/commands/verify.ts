import {Command} from 'commander';
import {verifyRun, type VerifyReport} from '../../store/index.js';
import {documentPath} from '../document-path.js';
import {failedLines} from '../failed-text.js';
import {ranges} from '../ranges.js';
import {jsonOption, logdirOption, quietOption, runDirectory} from '../shared-options.js';

export function verifyCommand(): Command {
  return new Command('verify')
    .description('Check every file of a run against its size and checksum; exit code 1 if anything is wrong.')
    .argument('<run>', 'a run folder, or the name of a run in --logdir')
    .addOption(logdirOption())
    .addOption(jsonOption())
    .addOption(quietOption())
    .addHelpText(
      'after',
      '\nExamples:\n  $ cnnslicer verify runs/mnist\n  $ cnnslicer verify mnist --json' +
        `\n\nThe files of a run: ${documentPath('run-folder.md')}`,
    )
    .action(
      async (name: string, {logdir, json, quiet}: {logdir: string; json?: boolean; quiet?: boolean}) => {
        const report = await verifyRun(runDirectory(name, logdir));
        if (json) console.log(JSON.stringify(report, null, 2));
        else {
          for (const {kind, message} of report.problems) console.log(`${kind}: ${message}`);
          for (const line of failedLines(report.failed)) console.log(`failed when captured: ${line}`);
          if (!quiet) console.log(summary(report));
        }
        if (!report.ok) process.exitCode = 1;
      },
    );
}

function summary({intact, damaged, unfinished, files, bytes, problems}: VerifyReport): string {
  const elsewhere = problems.filter(({kind, epoch}) => kind === 'damage' && epoch === null);
  const broken = [
    ...(damaged.length > 0 ? [`epochs ${ranges(damaged)}`] : []),
    ...elsewhere.map(({path}) => path),
  ];
  const parts = [
    ...(broken.length > 0 ? [`DAMAGED: ${broken.join(', ')}`] : []),
    `intact: epochs ${ranges(intact) || 'none'}`,
    ...(unfinished.length > 0 ? [`unfinished: epochs ${ranges(unfinished)}`] : []),
  ];
  return `${parts.join('; ')} (${files} files, ${(bytes / 2 ** 20).toFixed(1)} MiB checked)`;
}
