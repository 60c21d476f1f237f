import {join} from 'node:path';
import test from 'ava';
import {verifyRun} from 'cnnslicer/store';
import {seededRandom} from '#src/shared/index.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {filesOf, TamperedRun, writeTinyRun} from '../support/tampering/tampered-run.js';

/** `npm run tamper` makes every change there is. */
const CHANGES = 5000;

test(`of ${CHANGES} flipped bits and cuts of all files none is believed, and verify names each`, async t => {
  t.timeout(600_000);
  const dir = join(await temporaryFolder(t), 'run');
  await writeTinyRun(dir);
  t.true((await verifyRun(dir)).ok);
  const run = new TamperedRun(dir);
  const files = await filesOf(dir);
  const counts = await Promise.all(files.map(path => run.count(path)));
  const total = counts.reduce((sum, count) => sum + count, 0);
  const random = seededRandom(7);
  for (let i = 0; i < CHANGES; i++) {
    let index = Math.floor(random() * total);
    let file = 0;
    while (index >= (counts[file] as number)) index -= counts[file++] as number;
    const tampering = await run.change(files[file] as string, index);
    const outcome = await run.outcome(tampering);
    if (outcome !== 'noticed') t.fail(`${outcome}: ${JSON.stringify(tampering)}`);
  }
  t.true((await verifyRun(dir)).ok);
});
