import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import type {Page} from 'playwright-core';
import {startServer} from 'cnnslicer/server';
import type {RunInfo} from '#src/shared/index.js';
import {runInfo} from '../support/run-folder.js';
import {servedViewer} from '../support/served-viewer.js';
import {epochShown, matrixAt, openViewer} from '../support/viewer-page.js';
import {tableRows, writeEpoch, writeRun} from '../support/written-run.js';
import {shows} from '../support/shows.js';

const {logdir, server, browser} = await servedViewer(() => Promise.resolve());

const open = (hash: string) => openViewer(browser, `${server.url}#${hash}`);

const counts = (info: RunInfo, epoch: number) => tableRows(info, epoch).confusion.map(({count}) => count);

/** Whether anything is painted in the lane above a chart's plot, where undefined points are marked. */
/** Whether a class' colour is in the lane of a chart; the lane's ground and its name are grey. */
const laneIsPainted = (page: Page, chart: number) =>
  page
    .locator('[data-panel=class-entropies] .line-chart canvas')
    .nth(chart)
    .evaluate((element: HTMLCanvasElement) => {
      const lane =
        element.getContext('2d')?.getImageData(0, 0, element.width, 16).data ?? new Uint8ClampedArray();
      return lane.some((red, i) => i % 4 === 0 && Math.abs(red - (lane[i + 2] ?? 0)) > 60);
    });

/** Notes on the page which epochs the clock comes to from now on, as `0 1 2`: none is too short to be seen. */
async function noteEpochs(page: Page): Promise<void> {
  await page.locator('.epoch-track').evaluate(track => {
    const seen: string[] = [];
    new MutationObserver(() => {
      seen.push(track.getAttribute('aria-valuenow') ?? '');
      document.body.dataset['epochs'] = seen.join(' ');
    }).observe(track, {attributeFilter: ['aria-valuenow']});
  });
}

test.serial('at the end of the slider the page follows the training; elsewhere the epoch stays', async t => {
  const writer = await writeRun(join(logdir, 'growing'), {epochs: [0, 1]});
  const info = runInfo();
  const following = await open('run=growing');
  const staying = await open('run=growing&epoch=0');
  await shows(t, () => matrixAt(following.page, 1), counts(info, 1));
  await shows(t, () => matrixAt(staying.page, 0), counts(info, 0));

  await writeEpoch(writer, info, 2);

  await shows(t, () => matrixAt(following.page, 2), counts(info, 2));
  await shows(t, () => epochShown(following.page), '2');
  await staying.page.locator('.epoch-track[aria-valuemax="2"]').waitFor();
  await shows(t, () => epochShown(staying.page), '0');
  await shows(t, () => matrixAt(staying.page, 0), counts(info, 0));
  t.deepEqual([...following.trouble, ...staying.trouble], []);
  await following.page.context().close();
  await staying.page.context().close();
});
test.serial(
  'while epochs arrive everything chosen stays, and nothing of other epochs is asked again',
  async t => {
    const writer = await writeRun(join(logdir, 'kept'), {epochs: [0, 1]});
    const info = runInfo();
    const chosen = {
      ...{run: 'kept', epoch: '0', tab: 'layers', layer: 'conv2d_1', channel: '2', class: '1'},
      ...{from: 'conv2d_1', to: 'dense_1', pair: '1,2', pin: '3,4', smoothing: '30'},
    };
    const {page, trouble, settled} = await open(new URLSearchParams(chosen).toString());
    const strip = page.getByRole('region', {name: 'Over time'}).getByRole('listitem');
    await page.locator('.drawer h2', {hasText: 'conv2d_1 · 1 and dense_1 · 2'}).waitFor();
    await strip.nth(1).waitFor();
    await settled();
    const asked: string[] = [];
    page.on('request', request => asked.push(decodeURIComponent(request.url()).replaceAll('+', ' ')));

    for (const epoch of [2, 3]) {
      await writeEpoch(writer, info, epoch);
      await page.locator(`.epoch-track[aria-valuemax="${epoch}"]`).waitFor();
      await strip.nth(epoch).waitFor();
    }
    await settled();

    const state = await page.evaluate(() => Object.fromEntries(new URLSearchParams(location.hash.slice(1))));
    t.deepEqual(state, chosen);
    t.is(await epochShown(page), '0');
    t.is(await page.locator('.drawer h2').textContent(), 'conv2d_1 · 1 and dense_1 · 2');
    t.is(await page.getByRole('list', {name: 'Pinned pairs'}).getByRole('listitem').count(), 1);
    const capacities = asked.filter(url => url.includes('C(dCNN'));
    t.true(capacities.length > 0 && capacities.every(url => /, [23]\)/.test(url)), capacities.join('\n'));

    await page.locator('body').press('3');
    await page.locator('.drawer h2', {hasText: 'conv2d_1 · channel 2'}).waitFor();
    await page.locator('body').press('1');
    t.deepEqual(await matrixAt(page, 0), counts(info, 0));
    await page.getByRole('button', {name: '1 b', pressed: true}).waitFor();
    // There is no projector here, and the browser logs the response that says so.
    t.deepEqual(
      trouble.filter(text => !text.includes('/projections?')),
      [],
    );
    await page.context().close();
  },
);

test.serial(
  'a class that is never predicted has a mark in the lane above its gap, and only in its chart',
  async t => {
    await writeRun(join(logdir, 'marks'));
    const {page} = await open('run=marks');
    await page.locator('[data-panel=class-entropies] .line-chart canvas').nth(1).waitFor();
    await shows(t, () => laneIsPainted(page, 0), true, 'class 0 is never predicted at epoch 0');
    await shows(t, () => laneIsPainted(page, 1), false, 'every class is seen');
    await page.context().close();
  },
);

test.serial('Space plays from the first epoch to the last and stops', async t => {
  await writeRun(join(logdir, 'playing'));
  const {page} = await open('run=playing');
  await matrixAt(page, 2);
  await noteEpochs(page);
  await page.locator('body').press('Space');
  await page.waitForFunction(() => document.body.dataset['epochs'] === '0 1 2');
  await page.getByRole('button', {name: 'Play'}).waitFor();
  await shows(t, () => epochShown(page), '2');
  await page.context().close();
});

test.serial(
  'the theme goes from the system to light and dark, into the address, and back from it',
  async t => {
    await writeRun(join(logdir, 'theme'));
    const {page} = await open('run=theme');
    const themeOf = (shown: Page) => shown.evaluate(() => document.documentElement.dataset['theme']);
    await shows(t, () => themeOf(page), 'light');
    await page.getByRole('button', {name: 'Theme: system'}).click();
    await page.getByRole('button', {name: 'Theme: light'}).click();
    await shows(t, () => themeOf(page), 'dark');
    await page.waitForFunction(() => location.hash.includes('theme=dark'));
    const again = await open('run=theme&theme=dark');
    await shows(t, () => themeOf(again.page), 'dark');
    await page.context().close();
    await again.page.context().close();
  },
);

test.serial('a link that asks for what is not there shows the rest and says what is missing', async t => {
  await writeRun(join(logdir, 'linked'));
  const {page} = await open('run=linked&run=lost&epoch=soon');
  await page.locator('.notices', {hasText: 'epoch=soon is not valid'}).waitFor();
  await page.locator('.notices', {hasText: 'run lost is not in this folder'}).waitFor();
  await shows(t, () => matrixAt(page, 2), counts(runInfo(), 2));
  await page.context().close();
});

test.serial('runs compared are named once each, and the one clicked drives the matrix', async t => {
  const other = runInfo({training: {...runInfo().training, samples: 77}});
  const writer = await writeRun(join(logdir, 'other'), {epochs: [0], info: other});
  await writeEpoch(writer, other, 1, 9);
  await writeRun(join(logdir, 'primary'), {epochs: [0, 1]});
  const {page} = await open('run=primary&run=other');
  await matrixAt(page, 1);
  const chips = page.locator('.run-strip-chip');
  await shows(t, () => chips.count(), 2);
  await chips.nth(1).locator('button').first().click();
  await page.waitForFunction(() => location.hash.startsWith('#run=other&run=primary'));
  await shows(
    t,
    () => matrixAt(page, 1),
    tableRows(other, 1, 9).confusion.map(({count}) => count),
  );
  await page.context().close();
});

test.serial('an empty folder shows the lines of code that make a run', async t => {
  const empty = await mkdtemp(join(tmpdir(), 'cnnslicer-empty-'));
  const other = await startServer({logdir: empty, port: 0});
  const page = await browser.newPage();
  await page.goto(other.url);
  await page.getByRole('heading', {name: 'No run yet'}).waitFor();
  await page.locator('pre', {hasText: "import {cnnSlicer} from 'cnnslicer'"}).waitFor();
  t.pass();
  await page.close();
  await other.close();
  await rm(empty, {recursive: true});
});
