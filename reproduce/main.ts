import {CommanderError} from 'commander';
import {interruptible} from '#src/cli/interruptible.js';
import {reproduceCommand} from './options.js';
import {reproduce} from './reproduce.js';

try {
  await reproduceCommand(settings => interruptible(signal => reproduce(settings, signal))).parseAsync();
} catch (error) {
  // commander has printed the error; 2 is wrong usage, as for the other commands.
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : 2);
  const known = error instanceof Error ? error : new Error(String(error));
  console.error(process.env['DEBUG'] ? known : `reproduce: ${known.message}`);
  process.exitCode = 1;
}
