import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {CONV, DENSE, INPUT, runInfo} from '../support/run-folder.js';
import {servedViewer} from '../support/served-viewer.js';
import {shows} from '../support/shows.js';
import {openViewer} from '../support/viewer-page.js';
import {failedPart, writeParts, writeRun} from '../support/written-run.js';

/** A network as the nth model of a process calls its layers. */
const layersOf = (n: number) => [
  INPUT,
  ...[1, 2, 3].map(i => ({...CONV, index: i, name: `conv2d_Conv2D${n + i}`})),
  {...DENSE, index: 4, name: `dense_Dense${n}`},
];

const {server, browser} = await servedViewer(async logdir => {
  for (const [name, n] of [
    ['first', 0],
    ['later', 6],
  ] as const) {
    const info = runInfo({name, status: 'finished', layers: layersOf(n)});
    const writer = await writeRun(join(logdir, name), {info, epochs: [0]});
    const failed = name === 'later' ? [failedPart('table', 'predictions')] : [];
    for (const epoch of [1, 2]) await writeParts(writer, info, epoch, {failed});
    await writer.close('finished');
  }
  const table = join(logdir, 'later/metrics/class_entropy/epoch=1/part-0.parquet');
  const bytes = await readFile(table);
  bytes[bytes.length >> 1]! ^= 1;
  await writeFile(table, bytes);
});

const open = (hash: string) =>
  openViewer(browser, `${server.url}#${hash}`, {viewport: {width: 1400, height: 1000}});

test('damaged and incomplete epochs are named, each reason once; once waved away the notice stays away', async t => {
  const {page, trouble} = await open('run=later');
  const notice = page.locator('.notices');
  await notice
    .filter({
      hasText: /Damaged, and left out where it is needed: later, epoch 1: .*class_entropy.* is damaged/,
    })
    .filter({
      hasText:
        'Failed when it was captured: later, epoch 1, 2: the table predictions could not be stored: The disk was on fire.',
    })
    .waitFor();
  await notice.getByRole('button', {name: 'Dismiss'}).click();
  await page.evaluate(() => (location.hash = '#run=later&tab=channels'));
  await page.locator('[data-panel=channel-circles] canvas').first().waitFor();
  t.is(await notice.count(), 0);
  t.deepEqual(trouble, []);
  await page.context().close();
});

test('a run without gaps has no notice', async t => {
  const {page, settled} = await open('run=first');
  await settled();
  t.is(await page.locator('.notices').count(), 0);
  await page.context().close();
});

test('the chosen layers stay chosen in a run that calls them otherwise', async t => {
  const {page} = await open('run=first&run=later&tab=channels&layer=conv2d_Conv2D3&from=conv2d_Conv2D2');
  const layer = page.locator('label.field', {hasText: 'Layer'}).locator('select').first();
  await shows(t, () => layer.inputValue(), 'conv2d_Conv2D3');
  await page.evaluate(
    () => (location.hash = location.hash.replace('run=first&run=later', 'run=later&run=first')),
  );
  await shows(t, () => layer.inputValue(), 'conv2d_Conv2D9');
  await page.waitForFunction(() => location.hash.includes('from=conv2d_Conv2D8'));
  await page.context().close();
});
