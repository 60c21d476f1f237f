import {register} from 'node:module';
import {resolve} from 'node:path';
import {pathToFileURL} from 'node:url';
import test, {type ExecutionContext} from 'ava';
import {declarations, declaresFor, type Declaration} from './ava.js';

type Step = (t: ExecutionContext, ...more: unknown[]) => unknown;
type Declare = {[link: string]: Declare} & ((...args: unknown[]) => void);

/**
 * Runs test files in this process as if each had its own: one test after another, titles that begin with the name of
 * their file, and hooks that concern only the tests of their file. What a file changes in a module or in the process
 * stays changed for those after it.
 *
 * @param folder The folder of the compiled files, e.g. `build/test/metrics`.
 * @param files Their paths in it, without extension.
 */
export async function runTogether(folder: string, files: string[]): Promise<void> {
  register('./resolve-ava.js', import.meta.url);
  for (const file of files) {
    declaresFor(file);
    await import(pathToFileURL(resolve(folder, `${file}.js`)).href);
  }
  // AVA begins once the code that declares the first test has run, so all of it is declared in one go.
  for (const file of files)
    declareFile(
      file,
      declarations.filter(of => of.file === file),
    );
}

function declareFile(file: string, declared: Declaration[]): void {
  const stepsOf = (hook: string) =>
    declared
      .filter(({chain}) => chain.includes(hook) && !chain.includes('skip'))
      .map(({args}) => args.find(argument => typeof argument === 'function') as Step);
  const [before, beforeEach, afterEach] = ['before', 'beforeEach', 'afterEach'].map(stepsOf) as [
    Step[],
    Step[],
    Step[],
  ];
  let begun: Promise<void> | undefined;
  const asInItsFile =
    (run: Step): Step =>
    async (t, ...more) => {
      await (begun ??= inTurn(before, t));
      await inTurn(beforeEach, t);
      try {
        await run(t, ...more);
      } finally {
        await inTurn(afterEach, t);
      }
    };
  for (const step of stepsOf('after')) test.after.always(step);
  for (const {chain, args} of declared) {
    if (chain.some(link => /^(before|after)/.test(link))) continue;
    const named = args.map(argument => {
      if (typeof argument === 'string' && argument === args[0]) return `${file} › ${argument}`;
      return typeof argument === 'function' ? asInItsFile(argument as Step) : argument;
    });
    declaring(['serial', ...chain.filter(link => link !== 'serial')])(...named);
  }
}

async function inTurn(steps: Step[], t: ExecutionContext): Promise<void> {
  for (const step of steps) await step(t);
}

/** `test.serial.skip` for `['serial', 'skip']`. */
function declaring(chain: string[]): Declare {
  return chain.reduce((at, link) => at[link] as Declare, test as unknown as Declare);
}
