import {cp, mkdir} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {hasFocus} from '../support/keyboard.js';
import {seriousViolations} from '../support/serious-violations.js';
import {servedViewer} from '../support/served-viewer.js';
import {shows} from '../support/shows.js';
import {writeRun} from '../support/written-run.js';

const copies = 700;
const nameOf = (i: number) => `run-${String(i).padStart(3, '0')}`;

const {open} = await servedViewer(async logdir => {
  await writeRun(join(logdir, 'first'), {epochs: [0, 1], info: {status: 'finished', tags: ['wide']}});
  for (let i = 0; i < copies; i++) {
    const folder = join(logdir, `sweep-${i % 3}`, 'lr', `seed-${i % 5}`);
    await mkdir(folder, {recursive: true});
    await cp(join(logdir, 'first'), join(folder, nameOf(i)), {recursive: true});
  }
});

test.serial(
  'of 701 runs in three levels of folders one is found, chosen and compared by keys alone',
  async t => {
    const {page, trouble} = await open('run=first&tab=performance');
    await page.getByRole('button', {name: /, Runs$/}).click();
    const rows = page.locator('.run-table-rows [role=row]');
    await rows.first().waitFor();
    const status = page.locator('.run-table-tools [role=status]');
    await shows(t, () => status.textContent(), '701 of 701 runs');
    t.true((await rows.count()) < 40, 'only rows in sight are drawn');
    t.true(await page.evaluate(() => document.querySelectorAll('*').length < 3000));
    await page.keyboard.type('/sweep-1.*run-06[0-9]/');
    await shows(t, () => status.textContent(), '3 of 701 runs');
    for (const key of ['ArrowDown', 'End', 'ArrowUp']) await page.keyboard.press(key);
    const chosen = await page.evaluate(() => document.activeElement?.getAttribute('title'));
    t.regex(chosen ?? '', /^sweep-1\/lr\/seed-\d\/run-06\d$/);
    await page.keyboard.press('Space');
    await page.locator('.run-strip-chip').nth(1).waitFor();
    await page.keyboard.press('ArrowUp');
    const alone = await page.evaluate(() => document.activeElement?.getAttribute('title'));
    await page.keyboard.press('Enter');
    await page.waitForFunction(id => decodeURIComponent(location.hash).startsWith(`#run=${id}`), alone);
    t.true(await hasFocus(page.getByRole('button', {name: /, Runs$/})));
    await page.goBack();
    await page.locator('.run-strip-chip').nth(1).waitFor();
    t.deepEqual(trouble, []);
    await page.context().close();
  },
);

test.serial(
  'the table is sorted by a column, grouped by folder, and scrolled to its end by a key',
  async t => {
    const {page} = await open('run=first&tab=performance');
    await page.getByRole('button', {name: /, Runs$/}).click();
    const names = page.locator('.run-table-path');
    await page.getByRole('button', {name: /^Run\b/}).click();
    await shows(t, () => names.first().textContent(), 'first');
    await page.getByRole('button', {name: 'Group by folder'}).click();
    await page.locator('.run-table-folder', {hasText: 'sweep-0/lr/seed-0/'}).waitFor();
    await page.getByRole('searchbox', {name: /^Find runs/}).press('ArrowDown');
    await page.keyboard.press('End');
    await shows(t, () => page.evaluate(() => document.activeElement?.textContent?.slice(0, 7)), 'sweep-2');
    await page.locator('.run-table-line [data-column=accuracy]', {hasText: '%'}).first().waitFor();
    await page.context().close();
  },
);

for (const [width, height] of [
  [1280, 800],
  [731, 457], // 175 % of it
  [390, 844],
] as const) {
  test.serial(`at ${width} x ${height} the table is in the window and has no serious violation`, async t => {
    const {page} = await open('run=first&tab=performance', {viewport: {width, height}, bypassCSP: true});
    await page.getByRole('button', {name: /, Runs$/}).click();
    await page.locator('.run-table-name').first().waitFor();
    const box = await page.locator('.menu:popover-open').boundingBox();
    t.true(box !== null && box.x >= 0 && box.x + box.width <= width && box.y + box.height <= height);
    t.deepEqual(await seriousViolations(page), []);
    await page.context().close();
  });
}
