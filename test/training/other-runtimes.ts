import {execFile, execFileSync} from 'node:child_process';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import test, {type ExecutionContext} from 'ava';
import {openRun, verifyRun} from 'cnnslicer/store';
import {temporaryFolder} from '../support/temporary-folder.js';

const CHILD = fileURLToPath(new URL('../support/capture-child.js', import.meta.url));

/** On the search path, as scripts/test-on-runtimes.sh puts them. */
const runtimes = [
  {name: 'bun', flags: []},
  {name: 'deno', flags: ['run', '--allow-all']},
].map(runtime => ({...runtime, version: versionOf(runtime.name)}));

function versionOf(name: string): string | null {
  try {
    return /\d+\.\d+\.\d+/.exec(execFileSync(name, ['--version'], {encoding: 'utf8'}))?.[0] ?? null;
  } catch {
    return null;
  }
}

for (const {name, flags, version} of runtimes) {
  const title = (what: string) => (version === null ? `${what} (skipped: no ${name} here)` : what);
  const inRuntime = version === null ? test.skip : test;
  const child = async (t: ExecutionContext, ...more: string[]) => {
    const dir = join(await temporaryFolder(t), 'run');
    const {stdout, stderr} = await promisify(execFile)(name, [...flags, CHILD, dir, ...more]);
    return {dir, stdout, stderr};
  };

  inRuntime(title(`${name} trains, captures, answers and verifies, and is recorded as itself`), async t => {
    const {dir, stdout} = await child(t);
    const {found, ...outcome} = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Record<string, unknown>;
    t.like(outcome, {status: 'finished', ok: true, intact: [0, 1, 2, 3], rows: 16});
    t.is(typeof found, 'number');
    t.is((await openRun(dir)).info.versions.runtime, `${name} ${version}`);
    t.like(await verifyRun(dir), {ok: true, intact: [0, 1, 2, 3], problems: []}, 'also for Node');
  });

  inRuntime(title(`a script that ends by process.exit in ${name} keeps its last epoch`), async t => {
    const {dir, stderr} = await child(t, 'exit');
    t.deepEqual((await verifyRun(dir)).intact, [0, 1, 2], stderr);
  });
}

test('in Node the runtime is Node', t => {
  t.deepEqual([process.versions['bun'], process.versions['deno']], [undefined, undefined]);
});
