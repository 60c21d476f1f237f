import {existsSync} from 'node:fs';
import {isAbsolute, join, normalize, sep} from 'node:path';
import {InvalidArgumentError, Option} from 'commander';

/** Flags that mean the same in every command. */
export const logdirOption = () => new Option('--logdir <dir>', 'folder that holds the runs').default('runs');
export const jsonOption = () => new Option('--json', 'print one JSON document in place of text');
export const quietOption = () => new Option('--quiet', 'print results and errors only');

/** A run given by its path, or by its name in the log directory. One that is not there is looked for as it was written. */
export function runDirectory(run: string, logdir: string): string {
  const named = join(logdir, run);
  const found = [run, named].find(dir => existsSync(join(dir, 'run.json')));
  return found ?? (isAbsolute(run) || normalize(run).includes(sep) ? run : named);
}

/** Parses a whole number of at least `least` and at most `most`. */
export function integer(least: number, most = Infinity): (text: string) => number {
  const range = most === Infinity ? `>= ${least}` : `from ${least} to ${most}`;
  return text => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < least || value > most)
      throw new InvalidArgumentError(`must be an integer ${range}.`);
    return value;
  };
}
