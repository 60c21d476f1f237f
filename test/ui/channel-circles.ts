import {readFile} from 'node:fs/promises';
import test from 'ava';
import {centreOf, channelView, cursorOf, goTo, labelOf, LAYER} from '../support/channel-view.js';
import {shows} from '../support/shows.js';

const {open, meanOf} = await channelView();

test.serial('a click on a class zooms into it, and the breadcrumbs lead back', async t => {
  const {page, trouble} = await open();
  await goTo(page, 'class 6');
  const {x, y} = await centreOf(page);
  await page.mouse.click(x, y);
  await page.locator('.circles-panel-crumbs', {hasText: 'all classes/class 6'}).waitFor();
  await shows(t, async () => (await labelOf(page)).startsWith('channel 0, class 6'), true);
  await page.waitForFunction(() => location.hash.includes('zoom=6'));
  await page.getByRole('navigation', {name: 'Zoom'}).getByText('all classes').click();
  await page.waitForFunction(() => document.querySelector('.circles-panel-crumbs button') === null);
  await shows(
    t,
    async () => (await labelOf(page)).startsWith('class 6'),
    true,
    'the cursor stays at the class that was left',
  );
  t.deepEqual(trouble, []);
  await page.context().close();
});

test.serial('hover and focus tell class, channel, bits and n as the table has them', async t => {
  const {page} = await open('zoom=6');
  await goTo(page, 'channel 5,');
  const row = meanOf(2, 5, 6);
  await shows(t, () => labelOf(page), `channel 5, class 6: ${row?.mean?.toFixed(3)} bits, n ${row?.n}`);
  const tooltip = page.locator('.tooltip', {hasText: `${LAYER} · channel 5 · class 6 · epoch 2`});
  await tooltip.getByText(`${row?.mean?.toFixed(3)} bits`).waitFor();
  const {x, y} = await centreOf(page);
  await cursorOf(page).blur();
  await page.locator('.tooltip').waitFor({state: 'detached'});
  await page.mouse.move(x, y);
  await page
    .locator('.tooltip', {hasText: new RegExp(`${row?.mean?.toFixed(3)} bits.*n${row?.n}$`)})
    .waitFor();
  await page.context().close();
});

test.serial('the keyboard alone goes into a class, opens a channel, and comes back out', async t => {
  const {page, trouble} = await open();
  await goTo(page, 'class 3');
  await page.keyboard.press('Enter');
  await page.locator('.circles-panel-crumbs', {hasText: 'class 3'}).waitFor();
  await goTo(page, 'channel 2,');
  await page.keyboard.press('Enter');
  const drawer = page.locator('.drawer');
  await shows(t, () => drawer.locator('h2').textContent(), `${LAYER} · channel 2`);
  await page.waitForFunction(() => document.activeElement?.classList.contains('drawer'));
  await page.keyboard.press('ArrowRight');
  await drawer.locator('h2', {hasText: 'channel 3'}).waitFor();
  await page.keyboard.press('Escape');
  await drawer.waitFor({state: 'detached'});
  await page.waitForFunction(() => document.activeElement?.classList.contains('circles-cursor'));
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.querySelector('.circles-panel-crumbs button') === null);
  t.deepEqual(trouble, []);
  await page.context().close();
});

test.serial('from epoch to epoch a circle keeps its place and takes its new value', async t => {
  const {page} = await open('zoom=1');
  await goTo(page, 'channel 4,');
  const places = [];
  for (const epoch of [2, 1, 0]) {
    await page.fill('.epoch-bar-number input', String(epoch));
    await page.press('.epoch-bar-number input', 'Enter');
    await page.locator('[data-panel=channel-circles] .panel-head p', {hasText: `epoch ${epoch} ·`}).waitFor();
    await shows(
      t,
      async () => (await labelOf(page)).includes(`${meanOf(epoch, 4, 1)?.mean?.toFixed(3)} bits`),
      true,
    );
    places.push(await cursorOf(page).boundingBox());
  }
  t.deepEqual(places[1], places[0]);
  t.deepEqual(places[2], places[0]);
  await page.context().close();
});

test.serial('the circles are saved as an SVG with a circle for every channel of every class', async t => {
  const {page} = await open();
  await page.getByRole('button', {name: 'Export Channels by class'}).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('[data-panel=channel-circles]').getByRole('button', {name: 'SVG'}).click(),
  ]);
  t.is(download.suggestedFilename(), `mnist-20-per-class-channel-circles-${LAYER}-epoch-2.svg`);
  const svg = await readFile(await download.path(), 'utf8');
  t.is(svg.match(/<circle /g)?.length, 11 * 32 + 2 * 11 + 1);
  t.true(svg.includes('32 bins over the range of the layer'));
  await page.context().close();
});

test.serial('the table behind the circles has every class and channel of the epoch', async t => {
  const {page} = await open();
  await page.getByRole('button', {name: 'Channels by class as a table'}).click();
  const table = page.locator('[data-panel=channel-circles] .data-table tbody tr');
  await shows(t, () => table.count(), 11 * 32);
  await table
    .first()
    .getByText(meanOf(2, 0, null)?.mean?.toFixed(4) ?? '?')
    .waitFor();
  await page.context().close();
});
