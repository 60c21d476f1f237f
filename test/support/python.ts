import {execFile} from 'node:child_process';
import {existsSync} from 'node:fs';
import {resolve} from 'node:path';
import {promisify} from 'node:util';
import test, {type ImplementationFn} from 'ava';

/** The interpreter that `npm run setup:python` makes. */
const interpreter = resolve('.venv/bin/python');

/** Runs a Python program given as text or as a file; resolves to what it printed. */
export async function python(...args: string[]): Promise<string> {
  const {stdout} = await promisify(execFile)(interpreter, args, {maxBuffer: 64 << 20, timeout: 150_000});
  return stdout;
}

/** A test that needs an outside reader: without `.venv` it is skipped, and its line says why. */
export function pythonTest(title: string, run: ImplementationFn<[]>): void {
  if (existsSync(interpreter)) test(title, run);
  else test.skip(`${title} [no .venv: run "npm run setup:python" first]`, run);
}
