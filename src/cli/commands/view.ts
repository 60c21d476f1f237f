import {Command} from 'commander';
import {serve} from '../viewer/serve.js';
import {integer, logdirOption, quietOption} from '../shared-options.js';

interface ViewOptions {
  logdir: string;
  host: string;
  port: number;
  quiet?: boolean;
}

export function viewCommand(): Command {
  return new Command('view')
    .description('Open the viewer over a folder of runs; it follows runs that are still training.')
    .addOption(logdirOption())
    .option(
      '--host <address>',
      'address to listen on; one that other machines can reach requires a token',
      '127.0.0.1',
    )
    .option('--port <number>', 'port; the next free one if it is in use', integer(0, 65_535), 6007)
    .addOption(quietOption())
    .addHelpText(
      'after',
      '\nExamples:\n  $ cnnslicer view\n  $ cnnslicer view --logdir experiments --port 8080',
    )
    .action(async ({logdir, host, port, quiet}: ViewOptions) => {
      const server = await serve({logdir, host, port});
      if (server.exposed) {
        console.error(
          `Warning: ${host} can be reached from other machines: anyone who has the address below, with its token, can read the runs.`,
        );
      }
      console.log(
        quiet ? server.url : `The viewer is at ${server.url} (runs in ${logdir}; Ctrl-C stops it).`,
      );
      const stop = () => void server.close().then(() => process.exit(0));
      process.once('SIGINT', stop).once('SIGTERM', stop);
    });
}
