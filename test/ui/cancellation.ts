import {existsSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {chanceDraws, type ProgressEvent} from '#src/shared/index.js';
import {servedViewer} from '../support/served-viewer.js';
import {EventStream} from '../support/event-stream.js';
import {CONV, INPUT, runInfo} from '../support/run-folder.js';
import {openViewer} from '../support/viewer-page.js';
import {writeRun} from '../support/written-run.js';

/** So large that a comparison with chance takes seconds: the page moves on before it is done. */
const CHANNELS = 128;
/** On a busy machine, ms. */
const patience = 120_000;
const probe = {samples: 192, perClass: [64, 64, 64]};
const DRAWS = chanceDraws(CHANNELS ** 2, probe.samples);
const layers = [
  INPUT,
  {...CONV, channels: CHANNELS},
  {...CONV, index: 2, name: 'conv2d_2', channels: CHANNELS},
];

const {logdir, server, browser} = await servedViewer(logdir =>
  writeRun(join(logdir, 'large'), {epochs: [0, 1], info: runInfo({layers, probe})}),
);

/** Whether the server finished a comparison with chance: what is done is kept in the run's folder. */
const isKept = (epoch: number): boolean =>
  existsSync(
    join(
      ...[logdir, 'large', 'derived', 'capacity', 'from_layer=conv2d_1', 'to_layer=conv2d_2'],
      ...['class=all', 'bins=32', `permutations=${DRAWS}`, 'seed=1', `epoch=${epoch}`],
    ),
  );

test('a computation is given up, also by the server, when the page moves on', async t => {
  const events = await EventStream.open(`${server.url}api/events`);
  t.teardown(() => events.disconnect());
  const {page} = await openViewer(browser, `${server.url}#run=large&tab=layers&epoch=0`);
  await page
    .getByRole('application', {name: /^Channel capacity of conv2d_1 and conv2d_2/})
    .waitFor({timeout: patience});
  const asksWithChance = (url: string): boolean => url.includes('permutations');
  const failed = page.waitForEvent('requestfailed', {
    predicate: request => asksWithChance(request.url()),
    timeout: patience,
  });
  const sent = page.waitForRequest(request => asksWithChance(request.url()));
  await page.getByLabel('compare with chance').check();
  const request = new URL((await sent).url()).searchParams.get('request');
  for (let event = await events.next(); event !== null; event = await events.next()) {
    if (event.event === 'progress' && (event.data as ProgressEvent).request === request) break;
  }

  await page.locator('body').press('ArrowRight');
  t.is((await failed).failure()?.errorText, 'net::ERR_ABORTED');

  // The same work for the epoch that the page went to: when that is done, so would be what was begun before it.
  await page.getByText('within chance').waitFor({timeout: patience});
  t.true(isKept(1));
  t.false(isKept(0));
  await page.context().close();
});
