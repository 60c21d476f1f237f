import {cp} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import type {Page} from 'playwright-core';
import {beyondKeyboard, expectedStops, hasFocus, tabTo, takesFocus, walkByTab} from '../support/keyboard.js';
import {servedViewer} from '../support/served-viewer.js';
import {epochShown, openViewer} from '../support/viewer-page.js';

const {server, browser} = await servedViewer(async logdir => {
  for (const name of ['demo', 'demo-again']) {
    await cp('test/fixtures/demo-run', join(logdir, name), {recursive: true});
  }
});

async function open(hash: string, width = 1280): Promise<Page> {
  const options = {viewport: {width, height: 900}};
  const {page} = await openViewer(browser, `${server.url}#run=demo&${hash}`, options);
  return page;
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', {name, exact: true});

/** Pages by what they show: the address, what has to be there, and the window's width. */
const pages: Record<string, readonly [hash: string, ready: string, width?: number]> = {
  performance: ['tab=performance&class=2', '[data-panel=training] canvas'],
  'two runs and the samples of a cell': [
    'run=demo-again&tab=performance&cell=0,0',
    '.drawer .cell-drawer-samples canvas',
  ],
  'layers, a pair and pins': ['tab=layers&pair=1,3&pin=0,0&pin=2,5', '.drawer canvas'],
  'channels and an open one': ['tab=channels&lines=classes&channel=1&samples-of=3', '.drawer canvas'],
  'the circles of a class': ['tab=channels&zoom=3', '.circles-panel-crumbs button'],
  'an answer': ['tab=channels&query=H(dCNN(*, conv2d_1, *, *))', '[data-panel=result] canvas'],
  'a panel in full size': ['tab=performance&full=training', '[data-panel=training] canvas'],
  'the rail as icons': ['tab=layers&rail=icons', '.strip-panel-pictures canvas'],
  'performance beside layers': ['tab=layers&pair=1,3', '.drawer canvas', 1920],
};

for (const [name, [hash, ready, width]] of Object.entries(pages)) {
  test.serial(`Tab comes to every control, seen and in the order of the page: ${name}`, async t => {
    const page = await open(hash, width);
    await page.locator(ready).first().waitFor();
    // All is there, so that the stops stay what they are.
    await page.waitForLoadState('networkidle');
    await page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null);
    const expected = await expectedStops(page);
    const stops = await walkByTab(page);
    t.deepEqual(
      stops.filter(({at}) => at >= 0).map(stop => stop.name),
      expected,
    );
    t.deepEqual(
      stops.filter(({isSeen}) => !isSeen).map(stop => stop.name),
      [],
      'have no ring, or are out of sight',
    );
    t.deepEqual(await beyondKeyboard(page), [], 'can only be clicked');
    await page.context().close();
  });
}

test.serial(
  'in the confusion matrix arrows go to cells and names; a cell opens, and has the focus again after',
  async t => {
    const page = await open('tab=performance');
    const matrix = page.getByRole('application', {name: /^Confusion matrix/});
    const said = (text: RegExp) => matrix.locator('[role=status]', {hasText: text}).waitFor();
    await tabTo(page, matrix);
    // The first arrow shows where the cursor is.
    const keys = ['ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowLeft'];
    for (const key of keys) await page.keyboard.press(key);
    await said(/^true 2.*, predicted 0.*: \d+ of \d+/);
    await page.keyboard.press('ArrowLeft');
    await said(/^true 2.*samples$/);
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => location.hash.includes('class=2'));
    for (const key of ['ArrowRight', 'ArrowUp', 'ArrowUp', 'ArrowUp']) await page.keyboard.press(key);
    await said(/^predicted 0.*samples$/);
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => location.hash.includes('class=0'));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('complementary', {name: 'Samples of the cell'});
    await takesFocus(drawer);
    await page.keyboard.press('Tab');
    await takesFocus(drawer.getByRole('button', {name: 'Close'}));
    await page.keyboard.press('Enter');
    await drawer.waitFor({state: 'detached'});
    await takesFocus(matrix);
    t.is(await epochShown(page), '5', 'the clock stays where it is');
    await page.context().close();
  },
);

test.serial('a heatmap, its orders and its small heatmaps are used without a pointer', async t => {
  const page = await open('tab=layers');
  const heatmap = page.getByRole('application', {name: /^Channel capacity of conv2d_1 and conv2d_2/});
  await heatmap.waitFor();
  await tabTo(page, heatmap);
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
  const drawer = page.getByRole('complementary', {name: 'Channel pair'});
  await drawer.getByRole('heading', {name: 'conv2d_1 · 1 and conv2d_2 · 1'}).waitFor();
  await takesFocus(drawer);
  await tabTo(page, drawer.getByRole('button', {name: 'Pin this pair to compare'}));
  await page.keyboard.press('Space');
  await tabTo(page, drawer.getByRole('button', {name: 'Next channel of conv2d_2'}));
  await page.keyboard.press('Enter');
  await drawer.getByRole('heading', {name: 'conv2d_1 · 1 and conv2d_2 · 2'}).waitFor();
  await page.keyboard.press('Escape');
  await drawer.waitFor({state: 'detached'});
  await takesFocus(heatmap);
  await tabTo(page, button(page, 'Order of the columns: index. Next order'));
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => location.hash.includes('column-order=mean'));
  await tabTo(page, page.getByRole('region', {name: 'Over time'}).getByRole('button', {name: /epoch 1/}));
  await page.keyboard.press('Enter');
  await page.locator('[data-panel=capacity] .panel-head p', {hasText: 'epoch 1 ·'}).waitFor();
  t.is(await epochShown(page), '1');
  await page.context().close();
});

test.serial('small charts and rows of dots open a channel, and have the focus again after', async t => {
  const page = await open('tab=channels&layer=conv2d_2');
  const charts = page.locator('.multiples-chart');
  await charts.first().waitFor();
  await tabTo(page, charts.first());
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await takesFocus(page.locator('.multiples-chart[data-index="2"]'));
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('complementary', {name: 'Channel', exact: true});
  await takesFocus(drawer);
  await page.keyboard.press('ArrowRight');
  await drawer.getByRole('heading', {name: 'conv2d_2 · channel 3'}).waitFor();
  await page.keyboard.press('Escape');
  await drawer.waitFor({state: 'detached'});
  await takesFocus(page.locator('.multiples-chart[data-index="2"]'));
  const row = page.getByRole('region', {name: 'Classes in every layer'}).locator('.dot-rows-row').first();
  await row.waitFor();
  await tabTo(page, row);
  await page.locator('.tooltip', {hasText: 'conv2d_1'}).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => location.hash.includes('layer=conv2d_1'));
  t.pass();
  await page.context().close();
});

test.serial('the rail collapses and opens under the same key, and the hypercube enlarges', async t => {
  const page = await open('tab=channels');
  await tabTo(page, button(page, 'Collapse the query rail'));
  await page.keyboard.press('Enter');
  await takesFocus(button(page, 'Show the query rail'));
  await page.keyboard.press('Enter');
  await takesFocus(button(page, 'Collapse the query rail'));
  await tabTo(page, button(page, 'Enlarge the hypercube'));
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', {name: 'Hypercube, enlarged'});
  await dialog.waitFor();
  await tabTo(page, dialog.getByRole('application', {name: /^Hypercube/}));
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await dialog.waitFor({state: 'hidden'});
  await takesFocus(button(page, 'Enlarge the hypercube'));
  t.pass();
  await page.context().close();
});

test.serial('menus open and close by keys, and leave the focus where it was', async t => {
  const page = await open('tab=performance');
  for (const [opener, inside] of [
    [/, Runs$/, '.run-table-name[tabindex="0"]'],
    [/, what stands out in this run$/, '.findings-menu-tools button'],
    [/^Export$/, '.page-export-row button'],
    [/^Export Confusion matrix$/, '.menu-item'],
  ] as const) {
    const control = page.getByRole('button', {name: opener});
    await tabTo(page, control);
    await page.keyboard.press('Enter');
    await page.locator(`.menu:not([hidden]) ${inside}`).first().waitFor();
    await tabTo(page, page.locator(`.menu:not([hidden]) ${inside}`).first());
    await page.keyboard.press('Escape');
    await page.locator('.menu:not([hidden])').waitFor({state: 'detached'});
    await takesFocus(control);
  }
  t.pass();
  await page.context().close();
});

test.serial('another run joins the comparison by its box, and leaves it by its chip', async t => {
  const page = await open('tab=performance');
  await tabTo(page, page.getByRole('button', {name: /, Runs$/}));
  await page.keyboard.press('Enter');
  await page.getByRole('searchbox', {name: /^Find runs/}).waitFor();
  await page.keyboard.type('again');
  await tabTo(page, page.getByRole('checkbox', {name: 'Compare demo-again'}));
  await page.keyboard.press('Space');
  await page.keyboard.press('Escape');
  await page.locator('.run-strip-chip').nth(1).waitFor();
  await tabTo(page, page.locator('.run-strip-remove').nth(1));
  await page.keyboard.press('Enter');
  await page.locator('.run-strip-chip').first().waitFor({state: 'detached'});
  t.pass();
  await page.context().close();
});

test.serial('a panel becomes a table and full, and Escape brings the others back', async t => {
  const page = await open('tab=performance');
  await tabTo(page, button(page, 'Training as a table'));
  await page.keyboard.press('Space');
  const table = page.getByRole('region', {name: 'Training, table'});
  await table.waitFor();
  await tabTo(page, table);
  const full = button(page, 'Training in full size');
  await page.keyboard.press('Shift+Tab');
  await takesFocus(full);
  await page.keyboard.press('Enter');
  await page.locator('.panel.panel-full').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.panel.panel-full').waitFor({state: 'detached'});
  t.true(await hasFocus(full));
  await page.context().close();
});

test.serial('the clock is a slider, a number and a play button', async t => {
  const page = await open('tab=performance');
  const slider = page.getByRole('slider', {name: 'Epoch'});
  await tabTo(page, slider);
  for (const [key, epoch] of [
    ['Home', '0'],
    ['ArrowRight', '1'],
    ['End', '5'],
    ['ArrowLeft', '4'],
  ] as const) {
    await page.keyboard.press(key);
    await page.locator(`.epoch-track[aria-valuenow="${epoch}"]`).waitFor();
  }
  await tabTo(page, page.locator('.epoch-bar-number input'));
  await page.keyboard.type('2');
  await page.keyboard.press('Enter');
  await page.locator('.epoch-track[aria-valuenow="2"]').waitFor();
  await tabTo(page, page.getByRole('button', {name: 'Play'}));
  await page.keyboard.press('Space');
  await page.getByRole('button', {name: 'Stop'}).waitFor();
  await page.locator('.epoch-track[aria-valuenow="5"]').waitFor();
  await page.getByRole('button', {name: 'Play'}).waitFor();
  t.pass();
  await page.context().close();
});

test.serial('the list of keys opens with ?, holds the focus, and gives it back', async t => {
  const page = await open('tab=performance');
  const tab = page.getByRole('navigation', {name: 'Views'}).getByRole('button', {name: 'Layers'});
  await tabTo(page, tab);
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', {name: 'Keyboard'});
  await dialog.waitFor();
  await takesFocus(dialog.getByRole('button', {name: 'Close'}));
  await page.keyboard.press('Tab');
  t.false(await hasFocus(tab), 'what lies behind the dialog is no stop');
  await page.keyboard.press('Escape');
  await dialog.waitFor({state: 'hidden'});
  await takesFocus(tab);
  await page.context().close();
});
