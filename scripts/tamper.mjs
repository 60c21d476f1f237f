// Every flipped bit and every cut of every file of a small run: read it, and ask verify. Exit status 1 if one is believed.
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {hostileRuns} from '../build/test/support/tampering/hostile-runs.js';
import {filesOf, TamperedRun, writeTinyRun} from '../build/test/support/tampering/tampered-run.js';
import {integer} from '../dist/cli/shared-options.js';
import {program} from './program.mjs';

const values = program(
  'tamper',
  'Flip every bit and make every cut of every file of a small run, read it and ask verify; some minutes.',
  ['', '--only metrics/logs --every 7', '--hostile 500 --seed 1'],
)
  .option('--only <part>', 'files whose path holds this; default all', '')
  .option('--every <number>', 'each so manieth change alone', integer(1), 1)
  .option('--hostile <number>', 'make so many hostile run folders instead', integer(1))
  .option('--seed <number>', 'of the hostile folders', integer(0), 1)
  .parse()
  .opts();
const folder = await mkdtemp(join(tmpdir(), 'cnnslicer-tamper-'));
try {
  process.exitCode = values.hostile === undefined ? await allChanges() : await hostile(values.hostile);
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
    for (let index = 0; index < count; index += values.every) {
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
    seed: values.seed,
    tell: line => console.log(line),
  });
  for (const failure of failures) console.log(failure);
  console.log(`${count} hostile run folders, ${failures.length} failures`);
  return failures.length > 0 ? 1 : 0;
}
