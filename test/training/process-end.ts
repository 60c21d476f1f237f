import {join} from 'node:path';
import test from 'ava';
import {assertWhole, linesOf, run, script, testEnding} from '../support/ended-training.js';
import {temporaryFolder} from '../support/temporary-folder.js';

// The other ways in which a process ends are tried in test/long/process-end.ts.
testEnding('process.exit(0)', {end: 'process.exit(0);', reported: {code: 0, signal: null}});

test.serial("a script's own handler of a signal decides, and what it ends is waited for", async t => {
  const dir = join(await temporaryFolder(t), 'run');
  const end = "process.once('SIGTERM', () => process.exit(7)); process.kill(process.pid, 'SIGTERM');";
  const ended = await run(script(end, {when: 'during', options: '{}'}), dir);
  t.like(ended, {code: 7, signal: null}, ended.stderr);
  await assertWhole(t, dir, [0, 1, 2]);
});

test.serial('what the training thread itself is writing cannot be waited for, and is named', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  // The timer's turn comes while the callback, which is later in the list, is at epoch 2.
  const end = 'setTimeout(() => process.exit(0), 0);';
  const ended = await run(
    script(end, {when: 'during', options: '{background: false}'}).replace('[slicer, bomb]', '[bomb, slicer]'),
    dir,
  );
  t.is(ended.code, 0, ended.stderr);
  t.deepEqual(linesOf(ended), [
    `cnnslicer: ${dir}: the process ends before epoch 2 is on disk; await fit, or slicer.finished, before it ends.`,
  ]);
  await assertWhole(t, dir, [0, 1]);
});
