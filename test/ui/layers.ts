import {join} from 'node:path';
import test from 'ava';
import type {Page} from 'playwright-core';
import {servedViewer} from '../support/served-viewer.js';
import {cellCentre, epochShown, openViewer} from '../support/viewer-page.js';
import {writeRun} from '../support/written-run.js';
import {shows} from '../support/shows.js';
import {closeTo} from '../support/close-to.js';

const {server, browser} = await servedViewer(logdir => writeRun(join(logdir, 'run'), {epochs: [0, 1, 2, 3]}));

async function open(hash = '') {
  const opened = await openViewer(browser, `${server.url}#run=run&tab=layers${hash}`);
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
  const {x, y} = await cellCentre(page, 'capacity', row, column);
  const corner = await page
    .locator('[data-panel=capacity] [data-raster]')
    .evaluate(element => element.getBoundingClientRect().toJSON() as {left: number; top: number});
  return {x: x - corner.left, y: y - corner.top};
}

/** The capacities of the pair at epoch 3, as the server computes them: a row a channel of conv2d_1. */
async function capacities(): Promise<number[][]> {
  const expression = encodeURIComponent('C(dCNN(*, conv2d_1, *, 3), dCNN(*, dense_1, *, 3))');
  const answer = await fetch(`${server.url}api/runs/run/query?expression=${expression}`);
  const {rows} = (await answer.json()) as {
    rows: {from_channel: number; to_channel: number; bits: number}[];
  };
  const matrix = Array.from({length: 7}, () => new Array<number>(10).fill(Number.NaN));
  for (const {from_channel: from, to_channel: to, bits} of rows) matrix[from]![to] = bits;
  return matrix;
}

/** How long the bars at the right of the heatmap are drawn, CSS pixels, row by row. */
async function barLengths(page: Page): Promise<number[]> {
  const positions = [];
  for (let row = 0; row < 7; row++) positions.push(await cellPosition(page, row, 9.5));
  return page.locator('.heatmap-profiles').evaluate((element, places) => {
    const canvas = element as HTMLCanvasElement;
    const ratio = canvas.width / canvas.clientWidth;
    return places.map(({x, y}) => {
      const left = Math.round((x + 6) * ratio);
      const pixels = canvas.getContext('2d')?.getImageData(left, Math.round(y * ratio), 44 * ratio, 1).data;
      const colours = new Uint32Array(pixels?.buffer ?? new ArrayBuffer(0));
      const bar = colours.findIndex(colour => colour !== colours[0]);
      return (bar < 0 ? 44 : bar) / ratio;
    });
  }, positions);
}

test.serial('pointing at a cell tells its capacity, both entropies, N, pairs and bins', async t => {
  const {page, trouble} = await open();
  await page
    .locator('.heatmap canvas')
    .first()
    .hover({position: await cellPosition(page, 2, 4)});
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
    await page
      .locator('.heatmap canvas')
      .first()
      .click({position: await cellPosition(page, 1, 3)});
    const drawer = page.getByRole('complementary', {name: 'Channel pair'});
    await drawer.getByRole('heading', {name: 'conv2d_1 · 1 and dense_1 · 3'}).waitFor();
    await drawer.getByRole('img', {name: 'Map of conv2d_1 for sample 5'}).waitFor();
    await shows(t, () => drawer.getByRole('img').count(), 18);
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
  await shows(t, () => epochShown(page), '3', 'the clock stays where it is');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', {name: 'conv2d_1 · 1 and dense_1 · 1'}).waitFor();
  await page.context().close();
});

test.serial('pairs that are pinned stay to be compared', async t => {
  const {page} = await open('&pair=1,3');
  await page.getByRole('button', {name: 'Pin this pair to compare'}).click();
  await page.getByRole('button', {name: 'Next channel of conv2d_1'}).click();
  const pin = page.getByRole('list', {name: 'Pinned pairs'}).getByRole('button', {name: '1 and 3'});
  await shows(t, () => page.locator('.grid-canvas-mark.grid-canvas-pinned').count(), 1);
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

test.serial('the first layer can be drawn across, as in the paper, and cells keep their names', async t => {
  const {page, trouble} = await open();
  await page.getByRole('button', {name: 'Across', exact: true}).click();
  await page.waitForFunction(() => location.hash.includes('capacity-axes=across'));
  const {x, y} = await cellCentre(page, 'capacity', 8, 2);
  await page.mouse.move(x, y);
  t.regex(await page.locator('.tooltip').innerText(), /conv2d_1 · 2 and dense_1 · 8 · epoch 3/);
  const value = (await capacities())[2]![8]!.toFixed(3);
  t.true((await page.locator('.tooltip').innerText()).includes(`${value} bits`));
  await page.mouse.click(x, y);
  await page.getByRole('heading', {name: 'conv2d_1 · 2 and dense_1 · 8'}).waitFor();
  t.deepEqual(trouble, []);
  await page.context().close();
});

test.serial('rows and columns are sorted by mean or largest capacity', async t => {
  const {page} = await open();
  const corner = () => page.locator('.tooltip-title').innerText();
  const point = async () =>
    page
      .locator('.heatmap canvas')
      .first()
      .hover({position: await cellPosition(page, 0, 0)});
  await page.getByRole('button', {name: 'By mean'}).click();
  await page.waitForFunction(() => location.hash.includes('row-order=mean&column-order=mean'));
  await point();
  const byMean = await corner();
  await page.mouse.move(2, 2);
  await page.getByRole('button', {name: 'By index'}).click();
  await page.waitForFunction(() => !location.hash.includes('order'));
  await point();
  await shows(t, async () => /^conv2d_1 · 0 and dense_1 · 0 /.test(await corner()), true);
  t.not(await corner(), byMean);
  await page.context().close();
});

test.serial('the bars of a side are the handle that sorts it, and its name is a button', async t => {
  const {page} = await open();
  const first = async (): Promise<number[]> => {
    await page.mouse.move(2, 2);
    await page
      .locator('.heatmap canvas')
      .first()
      .hover({position: await cellPosition(page, 0, 0)});
    const title = await page.locator('.tooltip-title').innerText();
    return (/conv2d_1 · (\d+) and dense_1 · (\d+)/.exec(title) ?? []).slice(1).map(Number);
  };
  await shows(t, () => first(), [0, 0]);
  const rows = await capacities();
  const means = rows.map(row => row.reduce((sum, value) => sum + value, 0) / row.length);
  const maxima = rows.map(row => Math.max(...row));
  const beside = await cellPosition(page, 3, 9.5);
  await page
    .locator('.heatmap canvas')
    .first()
    .click({position: {x: beside.x + 20, y: beside.y}});
  await page.waitForFunction(() => location.hash.includes('row-order=mean'));
  await shows(t, () => first(), [means.indexOf(Math.max(...means)), 0], 'the columns stay');
  await page.getByRole('button', {name: 'Order of the rows: mean. Next order'}).press('Enter');
  await page.waitForFunction(() => location.hash.includes('row-order=max'));
  await shows(t, () => first(), [maxima.indexOf(Math.max(...maxima)), 0]);
  await page.getByRole('button', {name: 'Order of the columns: index. Next order'}).click();
  await page.waitForFunction(() => location.hash.includes('row-order=max&column-order=mean'));
  await shows(
    t,
    () => page.getByRole('group', {name: 'Order of the channels'}).locator('[aria-pressed=true]').count(),
    0,
    'the orders differ',
  );
  await page.context().close();
});

test.serial(
  'a cell that is pointed at shows the profiles of its row and column instead of the bars',
  async t => {
    const {page} = await open();
    const profiles = page.locator('.heatmap-profiles');
    await shows(t, () => profiles.count(), 0);
    await page
      .locator('.heatmap canvas')
      .first()
      .hover({position: await cellPosition(page, 2, 4)});
    await profiles.waitFor();
    const rows = await capacities();
    const largest = Math.max(...rows.flat());
    const drawn = await barLengths(page);
    const expected = rows.map(row => (44 * (row[4] ?? 0)) / largest);
    drawn.forEach((length, row) => closeTo(t, length, expected[row] ?? 0, 1, `row ${row}`));
    await page.mouse.move(2, 2);
    await profiles.waitFor({state: 'detached'});
    await page.context().close();
  },
);

test.serial(
  'a row pointed at beside the cells tells its mean, and the channel it shares most with',
  async t => {
    const {page} = await open();
    const position = await cellPosition(page, 5, 0);
    await page
      .locator('.heatmap canvas')
      .first()
      .hover({position: {x: 24, y: position.y}});
    const row = (await capacities())[5] ?? [];
    const most = Math.max(...row);
    const text = await page.locator('.tooltip').innerText();
    t.regex(text, /^conv2d_1 · 5 · epoch 3/);
    t.true(text.includes(`${(row.reduce((sum, value) => sum + value, 0) / row.length).toFixed(3)} bits`));
    t.regex(text, new RegExp(`most, with dense_1 · ${row.indexOf(most)}\\s+${most.toFixed(3)} bits`));
    await page.context().close();
  },
);

test.serial('a small heatmap over time leads to its epoch, one over depth to its pair', async t => {
  const {page} = await open();
  await page
    .getByRole('region', {name: 'Over time'})
    .getByRole('button', {name: /epoch 1/})
    .click();
  await shows(t, () => epochShown(page), '1');
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
  await page.locator('[data-panel=capacity] .panel-head p', {hasText: 'epoch 2 ·'}).waitFor();
  await page.getByLabel('Samples of').selectOption('1');
  await page
    .locator('[data-panel=capacity] .panel-head p', {hasText: 'class 1 b · N = 2, 1 pairs'})
    .waitFor();
  await shows(t, () => epochShown(page), '2');
  await page.context().close();
});

test.serial('on request capacities are compared with chance', async t => {
  const {page} = await open();
  await page.getByLabel('compare with chance').check();
  await page
    .getByText(/within chance \(399 shuffles, false discovery rate 5 %\); \d+ of 70 are beyond/)
    .waitFor();
  await page.getByRole('button', {name: 'This epoch'}).click();
  await page.waitForFunction(() => location.hash.includes('capacity-scale=epoch'));
  t.true(page.url().includes('baseline=true'), 'a link compares with chance too');
  await page.context().close();
});

test.serial('the numbers behind the heatmap are a table and a file', async t => {
  const {page} = await open();
  const panel = page.getByRole('region', {name: 'Channel capacity, conv2d_1 and dense_1'});
  await panel.getByRole('button', {name: /as a table/}).click();
  await shows(t, () => panel.locator('tbody tr').count(), 70);
  await panel.getByRole('button', {name: /^Export/}).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByText('CSV', {exact: true}).click(),
  ]);
  t.is(download.suggestedFilename(), 'run-capacity-conv2d_1-dense_1-epoch-3.csv');
  await page.context().close();
});
