import {cp, readFile, readdir} from 'node:fs/promises';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import test from 'ava';
import {openRun} from 'cnnslicer/store';
import {cnnslicer, demoOnce} from '../support/command.js';
import {servedViewer} from '../support/served-viewer.js';
import {cellCentre, epochShown, matrixAt} from '../support/viewer-page.js';
import {shows} from '../support/shows.js';

const RUN = 'mnist-20-per-class';
const quickDemo = demoOnce();
const {logdir, open} = await servedViewer(async logdir =>
  cp((await quickDemo()).logdir, logdir, {recursive: true}),
);
const run = await openRun(join(logdir, RUN));

async function counts(epoch: number): Promise<number[]> {
  return (await run.table('confusion', {epochs: [epoch]})).map(({count}) => count);
}

test.serial(
  'the confusion matrix shows the very counts of the table, and the keyboard moves through the epochs',
  async t => {
    const {page, trouble} = await open('');
    await shows(t, () => epochShown(page), '2');
    await shows(t, () => matrixAt(page, 2), await counts(2));
    await page.locator('body').press('ArrowLeft');
    await shows(t, () => matrixAt(page, 1), await counts(1));
    await page.fill('.epoch-bar-number input', '0');
    await page.press('.epoch-bar-number input', 'Enter');
    await shows(t, () => matrixAt(page, 0), await counts(0));
    t.deepEqual(trouble, []);
    await page.context().close();
  },
);

test.serial(
  'a cell opens its samples with label, prediction and probability; Escape closes them',
  async t => {
    const {page, trouble} = await open('');
    const predictions = await run.table('predictions', {epochs: [2]});
    const {label, predicted} = predictions[0]!;
    const expected = predictions.filter(row => row.label === label && row.predicted === predicted).length;
    const {x, y} = await cellCentre(page, 'confusion', label, predicted);
    await page.mouse.click(x, y);
    await page.waitForSelector('.drawer .cell-drawer-samples li canvas');
    await shows(t, () => page.locator('.drawer .cell-drawer-samples li').count(), expected);
    await page
      .locator('.drawer .cell-drawer-samples li', {hasText: /p 0\.\d+|p 1\.0/})
      .first()
      .waitFor();
    await page.locator('body').press('Escape');
    await page.waitForSelector('.drawer', {state: 'detached'});
    t.deepEqual(trouble, []);
    await page.context().close();
  },
);

test.serial('a class that is never predicted is named as such in the table behind the chart', async t => {
  const missing = (await run.table('class_entropy', {epochs: [0]})).filter(
    row => row.reason === 'never-predicted',
  );
  t.true(missing.length > 0, 'the untrained model should leave some class out');
  const {page} = await open('');
  await page.getByLabel('Class entropies as a table').click();
  await page.locator('[aria-label="Class entropies"] .data-table', {hasText: /never.predicted/}).waitFor();
  await page.context().close();
});

test.serial('the channel view draws every channel of the layer that is chosen', async t => {
  const {page, trouble} = await open('tab=channels');
  for (const {name, channels} of run.info.layers.filter(({className}) => className === 'Conv2D')) {
    await page.locator('.channels select').first().selectOption(name);
    const charts = page.getByRole('group', {name: `Mean entropy of ${channels} channels of ${name} over`});
    await charts.locator('canvas').first().waitFor();
  }
  t.deepEqual(trouble, []);
  await page.context().close();
});

test.serial('the address holds the state: opened again it shows the same', async t => {
  const {page} = await open('');
  await page.locator('body').press('ArrowLeft');
  await page.getByRole('navigation', {name: 'Views'}).getByText('Channels').click();
  await page.waitForFunction(() => location.hash.includes('channels'));
  const hash = await page.evaluate(() => location.hash.slice(1));
  const again = await open(hash);
  await shows(t, () => epochShown(again.page), '1');
  await shows(t, () => again.page.locator('section.view.channels').count(), 1);
  await page.context().close();
  await again.page.context().close();
});

test.serial('a training that begins while the page is open appears, and its epochs follow', async t => {
  const {page, trouble} = await open('');
  const size = ['--epochs', '3', '--samples-per-class', '5'];
  const training = cnnslicer('demo', '--no-view', '--quiet', '--logdir', logdir, ...size);
  await page.click('.run-picker-button');
  await page.waitForFunction(() => document.body.textContent?.includes('mnist-5-per-class'));
  const live = await open('run=mnist-5-per-class');
  const shown = await matrixAt(live.page, 3);
  t.is((await training).code, 0);
  const finished = await openRun(join(logdir, 'mnist-5-per-class'));
  const written = await finished.table('confusion', {epochs: [3]});
  t.deepEqual(
    shown,
    written.map(({count}) => count),
  );
  t.deepEqual([...trouble, ...live.trouble], []);
  await page.context().close();
  await live.page.context().close();
});

test('the viewer has at most 170 kB of JavaScript, gzipped', async t => {
  const scripts = (await readdir('dist/viewer/assets')).filter(name => name.endsWith('.js'));
  t.true(scripts.length > 0);
  let bytes = 0;
  for (const name of scripts) bytes += gzipSync(await readFile(join('dist/viewer/assets', name))).length;
  t.true(bytes <= 170_000, `${bytes} bytes`);
});
