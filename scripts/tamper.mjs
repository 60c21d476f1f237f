// Every flipped bit and every cut of every file of a small run: read it, and ask verify. Exit status 1 if one is believed.
//
//   npm run tamper                                        all, some minutes
//   npm run tamper -- --only metrics/logs --every 7       every seventh of some files
//   npm run tamper -- --hostile 500 --seed 1              made hostile run folders instead
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {hostileRuns} from '../build/test/support/tampering/hostile-runs.js';
import {filesOf, TamperedRun, writeTinyRun} from '../build/test/support/tampering/tampered-run.js';

const {values} = parseArgs({
  options: {
    only: {type: 'string', default: ''},
    every: {type: 'string', default: '1'},
    hostile: {type: 'string'},
    seed: {type: 'string', default: '1'},
  },
});
const folder = await mkdtemp(join(tmpdir(), 'cnnslicer-tamper-'));
try {
  process.exitCode =
    values.hostile === undefined ? await allChanges() : await hostile(Number(values.hostile));
} finally {
  await rm(folder, {recursive: true, force: true});
}

async function allChanges() {
  const dir = join(folder, 'run');
  await writeTinyRun(dir);
  const run = new TamperedRun(dir);
  let wrong = 0;
  for (const path of (await filesOf(dir)).filter(name => name.includes(values.only))) {
    const found = {};
    const count = await run.count(path);
    for (let index = 0; index < count; index += Number(values.every)) {
      const tampering = await run.change(path, index);
      const outcome = await run.outcome(tampering);
      found[outcome] = (found[outcome] ?? 0) + 1;
      if (outcome === 'noticed') continue;
      wrong++;
      console.log(`${outcome}: ${JSON.stringify(tampering)}`);
    }
    console.log(
      `${path}: ${Object.entries(found)
        .map(([outcome, n]) => `${n} ${outcome}`)
        .join(', ')}`,
    );
  }
  console.log(wrong === 0 ? 'every change was noticed' : `${wrong} changes were NOT noticed`);
  return wrong > 0 ? 1 : 0;
}

async function hostile(count) {
  const failures = await hostileRuns(folder, {
    count,
    seed: Number(values.seed),
    tell: line => console.log(line),
  });
  for (const failure of failures) console.log(failure);
  console.log(`${count} hostile run folders, ${failures.length} failures`);
  return failures.length > 0 ? 1 : 0;
}
