import {join} from 'node:path';
import test from 'ava';
import {openRun} from 'cnnslicer/store';
import {killCampaign} from '../support/kill-campaign.js';
import {temporaryFolder} from '../support/temporary-folder.js';

test('nothing finished is lost by kills of a training, of its start and of an analysis', async t => {
  t.timeout(300_000);
  const dir = join(await temporaryFolder(t), 'run');
  t.deepEqual(await killCampaign({dir, kills: 6, seed: 3}), []);
  t.true((await (await openRun(dir)).epochs()).length > 1, 'the trainings have got nowhere');
});
