import {readFile} from 'node:fs/promises';
import test from 'ava';
import {ask, queryRail, reads, result} from '../support/query-rail.js';
import {epochShown} from '../support/viewer-page.js';
import {shows} from '../support/shows.js';

const {open} = await queryRail();

test.serial('Query makes every view show what is asked', async t => {
  const {page, trouble} = await open();
  const tab = () => page.getByRole('navigation', {name: 'Views'}).locator('[aria-current=page]').innerText();
  await ask(page, 'C(dCNN(label=1, stem, 2, 1), dCNN(label=1, joined, 4, 1))');
  await page.getByRole('heading', {name: 'stem · 2 and joined · 4'}).waitFor();
  await shows(t, () => tab(), 'Layers');
  await shows(t, () => epochShown(page), '1');
  await ask(page, 'H(dCNN(label=2, joined, *, 2))');
  await page.getByRole('group', {name: /^Mean entropy of 16 channels of joined/}).waitFor();
  await shows(t, () => tab(), 'Channels');
  await shows(t, () => epochShown(page), '2');
  await ask(page, 'H(label | y=1)');
  await page.locator('[data-panel=confusion]').waitFor();
  await shows(t, () => tab(), 'Performance');
  await shows(
    t,
    () => page.locator('.range-strip[data-marked="1 b"]').count(),
    1,
    'the class is marked in the rail',
  );
  await ask(page, 'dCNN(label=0, narrow, 3, 2)');
  await page.getByRole('heading', {name: 'narrow · channel 3'}).waitFor();
  await result(page).getByRole('img', {name: 'Map of sample 0'}).waitFor();
  t.deepEqual(
    trouble.filter(text => !text.includes('501')),
    [],
  );
  await page.context().close();
});

test.serial('the answer is drawn as fits it, beside its rows', async t => {
  const {page} = await open();
  await ask(page, 'H(dCNN(*, stem, 3, 2))');
  await shows(
    t,
    async () => /^\d\.\d{3} bits/.test(await result(page).locator('.result-chart-number').innerText()),
    true,
  );
  await ask(page, 'mean(H(dCNN(*, 1..3, *, *)) over channel)');
  await result(page).locator('.line-chart canvas').waitFor();
  await shows(t, () => result(page).locator('tbody tr').count(), 12);
  await ask(page, 'mean(H(dCNN(*, 1..3, *, 2)) over channel)');
  await result(page)
    .getByRole('group', {name: /mean over channel/})
    .waitFor();
  await ask(page, 'H(dCNN(*, 1..2, *, 2))');
  // The answer before may be on the page for a moment more: the pointer comes again until it is over the new one.
  const cells = result(page).locator('canvas');
  await shows(
    t,
    async () => {
      await page.mouse.move(0, 0);
      await cells.hover({position: {x: 300, y: 40}});
      const tooltip = await page.locator('.tooltip').allInnerTexts();
      return /^layer (stem|encoder)\s+channel \d\s+\d\.\d{3} bits/.test(tooltip.join());
    },
    true,
  );
  await page.context().close();
});

test.serial('the answer is saved as CSV and JSON, and its query copied', async t => {
  const {page} = await open();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await ask(page, 'H(dCNN(*, stem, *, 2))');
  const saved = async (format: string) => {
    await result(page).getByRole('button', {name: 'Export Result'}).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      result(page).getByRole('button', {name: format, exact: true}).click(),
    ]);
    return readFile(await download.path(), 'utf8');
  };
  const lines = (await saved('CSV'))
    .trim()
    .split('\n')
    .filter(line => !line.startsWith('#'));
  t.is(lines.length, 9);
  t.regex(lines[0] ?? '', /^run,epoch,layer,channel,bits,.*,question$/);
  t.is((JSON.parse(await saved('JSON')) as {rows: unknown[]}).rows.length, 8);
  await result(page)
    .getByRole('button', {name: /^Copy the quer/})
    .click();
  await shows(t, () => page.evaluate(() => navigator.clipboard.readText()), 'H(dCNN(*, stem, *, 2))');
  await page.context().close();
});

test.serial('closing the answer lets the box follow the view again', async t => {
  const {page} = await open('&tab=channels');
  await ask(page, 'Hx(dCNN(*, stem, *, 2))');
  await result(page).getByRole('button', {name: 'Close the result'}).click();
  await result(page).waitFor({state: 'detached'});
  await reads(page, 'H(label | y)');
  await page.keyboard.press('3');
  await reads(page, 'H(dCNN(*, stem, *, 2))');
  await page.keyboard.press('ArrowLeft');
  await reads(page, 'H(dCNN(*, stem, *, 1))');
  t.pass();
  await page.context().close();
});
