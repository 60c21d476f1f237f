import {existsSync, readdirSync, statSync} from 'node:fs';
import {isAbsolute, join, normalize, sep} from 'node:path';
import {InvalidArgumentError, Option} from 'commander';
import {closest} from 'fastest-levenshtein';

/** Flags that mean the same in every command. */
export const logdirOption = () =>
  new Option('--logdir <dir>', 'folder of the runs').default('runs').argParser(folder);
export const jsonOption = () => new Option('--json', 'print one JSON document instead of text');
export const quietOption = () => new Option('--quiet', 'print results and errors only');

/**
 * Finds a run by its path, or by its name in the log directory. If neither exists, the path is returned unchanged.
 *
 * @throws {Error} if there is no run of this name, but one with a similar name.
 */
export function runDirectory(run: string, logdir: string): string {
  const named = join(logdir, run);
  const found = [run, named].find(dir => existsSync(join(dir, 'run.json')));
  if (found !== undefined) return found;
  if (isAbsolute(run) || normalize(run).includes(sep)) return run;
  const others = runsIn(logdir);
  if (others.length > 0 && !existsSync(named))
    throw new Error(`${logdir} holds no run "${run}". Did you mean ${closest(run, others)}?`);
  return named;
}

function runsIn(logdir: string): string[] {
  if (!statSync(logdir, {throwIfNoEntry: false})?.isDirectory()) return [];
  return readdirSync(logdir).filter(name => existsSync(join(logdir, name, 'run.json')));
}

/** Parses the path of a folder, which need not exist yet. */
function folder(path: string): string {
  if (statSync(path, {throwIfNoEntry: false})?.isDirectory() === false)
    throw new InvalidArgumentError('is a file, not a folder.');
  return path;
}

/** Parses a whole number from `min` to `max`. */
export function integer(min: number, max = Infinity): (text: string) => number {
  const range = max === Infinity ? `>= ${min}` : `from ${min} to ${max}`;
  return text => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < min || value > max)
      throw new InvalidArgumentError(`must be an integer ${range}.`);
    return value;
  };
}
