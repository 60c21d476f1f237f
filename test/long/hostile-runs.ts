import test from 'ava';
import {hostileRuns} from '../support/tampering/hostile-runs.js';
import {temporaryFolder} from '../support/temporary-folder.js';

test('of 40 made hostile run folders none takes a process down, hangs, or harms the run beside it', async t => {
  t.timeout(600_000);
  t.deepEqual(await hostileRuns(await temporaryFolder(t), {count: 40, seed: 11}), []);
});
