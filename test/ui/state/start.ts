import {readdir} from 'node:fs/promises';
import test from 'ava';
import type {Resource} from '#ui/state/resource.js';
import {startedState} from '../../support/state-page.js';
import {temporaryFolder} from '../../support/temporary-folder.js';

const isResource = (value: unknown): value is Resource<unknown> =>
  typeof value === 'object' && value !== null && 'retry' in value && 'start' in value;

/** Everything that the modules of the state load, by name. */
async function resources(): Promise<Map<string, Resource<unknown>>> {
  const files = (await readdir('src/ui/state')).filter(name => name.endsWith('.ts'));
  const found = new Map<string, Resource<unknown>>();
  for (const file of files) {
    const exported = (await import(`#ui/state/${file.replace(/ts$/, 'js')}`)) as Record<string, unknown>;
    for (const [name, value] of Object.entries(exported)) if (isResource(value)) found.set(name, value);
  }
  return found;
}

test.serial('importing the state does nothing: no window is needed, and nothing is loaded', async t => {
  t.false('window' in globalThis);
  const all = await resources();
  t.true(all.size >= 18);
  for (const [name, {value, slow}] of all) {
    t.is(value.value, null, name);
    t.false(slow.value, name);
  }
});

test.serial('everything that can be loaded is started', async t => {
  const all = await resources();
  const started = new Set<string>();
  for (const [name, found] of all) {
    const {start} = found;
    found.start = () => {
      started.add(name);
      return start();
    };
    t.teardown(() => (found.start = start));
  }
  await startedState(t, {logdir: await temporaryFolder(t)});
  t.deepEqual([...started].sort(), [...all.keys()].sort());
});
