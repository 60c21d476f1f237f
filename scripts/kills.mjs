// Kills trainings, their starts and analyses at random moments, and looks after each whether anything finished is lost.
// usage: npm run kills -- [--kills 200] [--seed 1]; exit status 1 if something is.
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {killCampaign} from '../build/test/support/kill-campaign.js';

const {values} = parseArgs({
  options: {kills: {type: 'string', default: '200'}, seed: {type: 'string', default: '1'}},
});
const folder = await mkdtemp(join(tmpdir(), 'cnnslicer-kills-'));
const counts = {};
let epochs = 0;
const wrong = await killCampaign({
  dir: join(folder, 'run'),
  kills: Number(values.kills),
  seed: Number(values.seed),
  onKill: (kill, victim, finished, found) => {
    counts[victim] = (counts[victim] ?? 0) + 1;
    epochs = finished;
    for (const line of found) console.log(`kill ${kill} (${victim}): ${line}`);
  },
});
await rm(folder, {recursive: true, force: true});
console.log(`${JSON.stringify(counts)} killed, ${epochs} epochs finished, ${wrong.length} things wrong`);
process.exitCode = wrong.length > 0 ? 1 : 0;
