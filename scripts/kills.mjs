// Kills trainings, their starts and analyses at random moments, and looks after each whether anything finished is lost.
// Exit status 1 if something is.
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {killCampaign} from '../build/test/support/kill-campaign.js';
import {integer} from '../dist/cli/shared-options.js';
import {program} from './program.mjs';

const values = program(
  'kills',
  'Kill trainings, their starts and analyses at random moments, and look whether anything finished is lost.',
  ['', '--kills 20 --seed 7'],
)
  .option('--kills <number>', 'how many', integer(1), 200)
  .option('--seed <number>', 'of the moments', integer(0), 1)
  .parse()
  .opts();
const folder = await mkdtemp(join(tmpdir(), 'cnnslicer-kills-'));
const counts = {};
let epochs = 0;
const wrong = await killCampaign({
  dir: join(folder, 'run'),
  kills: values.kills,
  seed: values.seed,
  onKill: (kill, victim, finished, found) => {
    counts[victim] = (counts[victim] ?? 0) + 1;
    epochs = finished;
    for (const line of found) console.log(`kill ${kill} (${victim}): ${line}`);
  },
});
await rm(folder, {recursive: true, force: true});
console.log(`${JSON.stringify(counts)} killed, ${epochs} epochs finished, ${wrong.length} things wrong`);
process.exitCode = wrong.length > 0 ? 1 : 0;
