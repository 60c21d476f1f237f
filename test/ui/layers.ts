import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {startServer} from 'cnnslicer/server';
import type {Page} from 'playwright-core';
import {launchChromium} from '../support/chromium.js';
import {seriousViolations} from '../support/serious-violations.js';
import {epochShown, openViewer} from '../support/viewer-page.js';
import {writeRun} from '../support/written-run.js';

const logdir = await mkdtemp(join(tmpdir(), 'cnnslicer-layers-'));
await writeRun(join(logdir, 'run'), {epochs: [0, 1, 2, 3]});
const server = await startServer({logdir, port: 0});
const browser = await launchChromium();
test.after.always(async () => {
  await browser.close();
  await server.close();
  await rm(logdir, {recursive: true, force: true});
});

async function open(hash = '', colorScheme: 'light' | 'dark' = 'light') {
  const opened = await openViewer(browser, `${server.url}#run=run&tab=layers${hash}`, {
    colorScheme,
    bypassCSP: true,
  });
  await heatmap(opened.page, 'conv2d_1 and dense_1');
  return opened;
}

/** Waits until the heatmap of a pair is drawn, and gives it. */
async function heatmap(page: Page, pair: string) {
  const found = page.getByRole('application', {name: new RegExp(`^Channel capacity of ${pair}`)});
  await found.waitFor();
  return found;
}

/** Middle of a cell of the drawn heatmap, CSS pixels from its corner. */
async function cellPosition(page: Page, row: number, column: number) {
  const width = await page.locator('.heatmap').evaluate(element => element.clientWidth);
  const side = Math.min((width - 84) / 10, 448 / 7, 40);
  return {x: 34 + (column + 0.5) * side, y: 34 + (row + 0.5) * side};
}

test.serial('pointing at a cell tells its capacity, both entropies, N, pairs and bins', async t => {
  const {page, trouble} = await open();
  await page.locator('.heatmap canvas').hover({position: await cellPosition(page, 2, 4)});
  const text = await page.locator('.tooltip').innerText();
  t.regex(text, /conv2d_1 · 2 and dense_1 · 4 · epoch 3/);
  t.regex(text, /capacity\s+\d\.\d{3} bits/);
  t.regex(text, /N, pairs, bins\s+6, 15, 32/);
  t.deepEqual(trouble, []);
  await page.context().close();
});

test.serial(
  'a click on a cell shows the maps of both channels beside the inputs, and the address keeps it',
  async t => {
    const {page, trouble} = await open();
    await page.locator('.heatmap canvas').click({position: await cellPosition(page, 1, 3)});
    const drawer = page.getByRole('complementary', {name: 'Channel pair'});
    await drawer.getByRole('heading', {name: 'conv2d_1 · 1 and dense_1 · 3'}).waitFor();
    await drawer.getByRole('img', {name: 'Map of conv2d_1 for sample 5'}).waitFor();
    t.is(await drawer.getByRole('img').count(), 18);
    await page.waitForFunction(() => location.hash.includes('pair=1%2C3'));
    await drawer.getByRole('button', {name: 'Next channel of dense_1'}).click();
    await drawer.getByRole('heading', {name: 'conv2d_1 · 1 and dense_1 · 4'}).waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({state: 'detached'});
    t.deepEqual(trouble, []);
    await page.context().close();
  },
);

test.serial('arrow keys move a cursor that says where it is, and Enter opens the pair', async t => {
  const {page} = await open();
  await (await heatmap(page, 'conv2d_1 and dense_1')).focus();
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown']) await page.keyboard.press(key);
  t.regex(
    await page.locator('.heatmap [role=status]').innerText(),
    /^conv2d_1 channel 1, dense_1 channel 1: \d/,
  );
  t.is(await epochShown(page), '3', 'the clock stays where it is');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', {name: 'conv2d_1 · 1 and dense_1 · 1'}).waitFor();
  await page.context().close();
});

test.serial('pairs that are pinned stay to be compared', async t => {
  const {page} = await open('&pair=1,3');
  await page.getByRole('button', {name: 'Pin this pair to compare'}).click();
  await page.getByRole('button', {name: 'Next channel of conv2d_1'}).click();
  const pin = page.getByRole('list', {name: 'Pinned pairs'}).getByRole('button', {name: '1 and 3'});
  t.is(await page.locator('.heatmap-mark.pinned').count(), 1);
  await page.waitForFunction(() => location.hash.includes('pin=1%2C3'));
  await pin.click();
  await page.getByRole('heading', {name: 'conv2d_1 · 1 and dense_1 · 3'}).waitFor();
  await page.context().close();
});

test.serial('any two layers can be chosen, the input too, and swapped', async t => {
  const {page} = await open();
  await page.getByRole('combobox', {name: 'Layer', exact: true}).selectOption('input_1');
  await heatmap(page, 'input_1 and dense_1');
  await page.getByRole('button', {name: 'Swap the layers'}).click();
  await heatmap(page, 'dense_1 and input_1');
  t.regex(page.url(), /#/);
  await page.context().close();
});

test.serial('rows and columns are sorted by mean or largest capacity', async t => {
  const {page} = await open();
  const corner = () => page.locator('.tooltip-title').innerText();
  const point = async () => page.locator('.heatmap canvas').hover({position: await cellPosition(page, 0, 0)});
  await page.getByRole('button', {name: 'By mean'}).click();
  await page.waitForFunction(() => location.hash.includes('capacity-sort=mean'));
  await point();
  const byMean = await corner();
  await page.mouse.move(2, 2);
  await page.getByRole('button', {name: 'By index'}).click();
  await page.waitForFunction(() => !location.hash.includes('capacity-sort'));
  await point();
  t.regex(await corner(), /^conv2d_1 · 0 and dense_1 · 0 /);
  t.not(await corner(), byMean);
  await page.context().close();
});

test.serial('a small heatmap over time leads to its epoch, one over depth to its pair', async t => {
  const {page} = await open();
  await page
    .getByRole('region', {name: 'Over time'})
    .getByRole('button', {name: /epoch 1/})
    .click();
  t.is(await epochShown(page), '1');
  await page.getByRole('combobox', {name: 'Layer', exact: true}).selectOption('input_1');
  await page
    .getByRole('region', {name: 'Over depth'})
    .getByRole('button', {name: /conv2d_1/})
    .click();
  await heatmap(page, 'input_1 and conv2d_1');
  await page.context().close();
});

test.serial('the clock moves the heatmap, and a class filters its samples', async t => {
  const {page} = await open();
  await page.locator('body').press('ArrowLeft');
  await page.locator('.capacity .panel-head p', {hasText: 'epoch 2 ·'}).waitFor();
  await page.getByLabel('Samples of').selectOption('1');
  await page.locator('.capacity .panel-head p', {hasText: 'class 1 b · N = 2, 1 pairs'}).waitFor();
  t.is(await epochShown(page), '2');
  await page.context().close();
});

test.serial('on request capacities are compared with chance', async t => {
  const {page} = await open();
  await page.getByLabel('compare with chance').check();
  await page.getByText(/within chance \(95 % of 20 shuffles\); \d+ of 70 are above/).waitFor();
  await page.getByRole('button', {name: 'This epoch'}).click();
  await page.waitForFunction(() => location.hash.includes('baseline=true'));
  t.regex(page.url(), /capacity-scale=epoch|#/);
  await page.context().close();
});

test.serial('the numbers behind the heatmap are a table and a file', async t => {
  const {page} = await open();
  const panel = page.getByRole('region', {name: 'Channel capacity, conv2d_1 and dense_1'});
  await panel.getByRole('button', {name: /as a table/}).click();
  t.is(await panel.locator('tbody tr').count(), 70);
  await panel.getByRole('button', {name: /^Export/}).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByText('CSV', {exact: true}).click(),
  ]);
  t.is(download.suggestedFilename(), 'capacity-conv2d_1-dense_1-epoch-3.csv');
  await page.context().close();
});

for (const theme of ['light', 'dark'] as const) {
  test.serial(`axe finds no serious violation in the layer view, ${theme}`, async t => {
    const {page} = await open('&pair=1,3&pin=0,0&baseline=true', theme);
    await page.getByRole('img', {name: 'Map of conv2d_1 for sample 5'}).waitFor();
    t.deepEqual(await seriousViolations(page), []);
    await page.context().close();
  });
}
