import {execFile} from 'node:child_process';
import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import test from 'ava';
import type {Browser, BrowserContextOptions, Locator, Page} from 'playwright-core';
import {startServer, type RunningServer} from 'cnnslicer/server';
import {openRun, type Run} from 'cnnslicer/store';
import type {ChannelEntropyRow} from '#src/shared/index.js';
import {startProjector} from '#src/cli/viewer/projector.js';
import {launchChromium} from '../support/chromium.js';
import {CONV, INPUT, runInfo} from '../support/run-folder.js';
import {openViewer} from '../support/viewer-page.js';
import {writeRun} from '../support/written-run.js';
import {shows} from '../support/shows.js';

const RUN = 'mnist-20-per-class';
const LAYER = 'conv2d_2';

let logdir: string;
let projector: ReturnType<typeof startProjector>;
let server: RunningServer;
/** A server without a projector. */
let plainServer: RunningServer;
let browser: Browser;
let run: Run;
let rows: ChannelEntropyRow[];

test.before(async () => {
  logdir = await mkdtemp(join(tmpdir(), 'cnnslicer-channels-'));
  await promisify(execFile)(process.execPath, [
    ...['dist/cli/main.js', 'demo', '--no-view', '--quiet', '--logdir', logdir],
    ...['--epochs', '2', '--samples-per-class', '20'],
  ]);
  await writeRun(join(logdir, 'small'));
  const wide = {...CONV, channels: 512};
  await writeRun(join(logdir, 'wide'), {info: runInfo({layers: [INPUT, wide]})});
  run = await openRun(join(logdir, RUN));
  rows = (await run.table('channel_entropy')).filter(row => row.layer === LAYER);
  projector = startProjector();
  server = await startServer({logdir, port: 0, project: projector.project});
  plainServer = await startServer({logdir, port: 0});
  browser = await launchChromium();
});

test.after.always(async () => {
  await browser?.close();
  await server?.close();
  await plainServer?.close();
  projector?.close();
  await rm(logdir, {recursive: true, force: true});
});

/** Opens the channel view of the demo's second convolution, or of another run. */
const open = (hash = '', options: BrowserContextOptions & {url?: string} = {}) => {
  const {url = server.url, ...context} = options;
  const where = hash.includes('run=') ? '' : `run=${RUN}&layer=${LAYER}&`;
  return openViewer(browser, `${url}#${where}tab=channels&${hash}`, {
    viewport: {width: 1400, height: 1000},
    ...context,
  });
};

const cursorOf = (page: Page): Locator => page.locator('[data-panel=channel-circles] .circles-cursor');
const labelOf = async (page: Page) => (await cursorOf(page).getAttribute('aria-label')) ?? '';

/** Moves the circles' cursor with the arrow keys until its label begins so; there it is focused. */
async function goTo(page: Page, beginning: string): Promise<void> {
  await cursorOf(page).focus();
  const keys = ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp'];
  const left = new Map<string, number>();
  for (let label = await labelOf(page); !label.startsWith(beginning); label = await labelOf(page)) {
    // Each circle is left by every key in turn: a walk that comes to every circle.
    const times = left.get(label) ?? 0;
    if (times > 40)
      throw new Error(`No circle begins with "${beginning}" among ${[...left.keys()].join('; ')}`);
    left.set(label, times + 1);
    await cursorOf(page).press(keys[times % 4] ?? 'ArrowRight');
  }
}

async function centreOf(page: Page): Promise<{x: number; y: number}> {
  const box = await cursorOf(page).boundingBox();
  if (!box) throw new Error('The circle is not on the page.');
  return {x: box.x + box.width / 2, y: box.y + box.height / 2};
}

const meanOf = (epoch: number, channel: number, index: number | null) =>
  rows.find(row => row.epoch === epoch && row.channel === channel && row.class === index);

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

test.serial('a channel shows eight samples of its class: input, feature map and projection', async t => {
  const {page, trouble} = await open('zoom=6&channel=3&samples-of=6');
  const drawer = page.locator('.drawer');
  await drawer.locator('canvas[aria-label^="Projection"]').nth(7).waitFor({timeout: 60_000});
  for (const kind of ['Input', 'Feature map', 'Projection']) {
    await shows(t, () => drawer.locator(`canvas[aria-label^="${kind} of sample"]`).count(), 8);
  }
  const captions = await drawer.locator('.sample-rows-caption').allTextContents();
  t.true(captions.every(caption => caption.includes('label 6')));
  await shows(
    t,
    async () => (await coloursOf(drawer.locator('canvas[aria-label^="Projection"]').first())) > 10,
    true,
  );
  const entropy = meanOf(2, 3, 6);
  await shows(
    t,
    () => drawer.locator('header p').textContent(),
    `epoch 2 · class 6 · ${entropy?.mean?.toFixed(3)} bits · n = ${entropy?.n}`,
  );
  await drawer.getByRole('button', {name: 'Show more samples'}).click();
  await drawer.locator('canvas[aria-label^="Input"]').nth(15).waitFor();
  t.deepEqual(trouble, []);
  await page.context().close();
});

test.serial(
  'the drawer goes to the next and the previous channel, and to samples of another class',
  async t => {
    const {page} = await open('channel=0');
    const drawer = page.locator('.drawer');
    await shows(t, () => drawer.getByRole('button', {name: 'Previous channel'}).isDisabled(), true);
    await drawer.getByRole('button', {name: 'Next channel'}).click();
    await drawer.locator('h2', {hasText: 'channel 1'}).waitFor();
    await drawer.getByRole('button', {name: 'Previous channel'}).click();
    await drawer.locator('h2', {hasText: 'channel 0'}).waitFor();
    await drawer.locator('.class-bars-bar', {hasText: /^4\d/}).click();
    await drawer.locator('.sample-rows-caption', {hasText: 'label 4'}).first().waitFor();
    await drawer.getByLabel('Samples of').selectOption('class 2');
    await drawer.locator('.sample-rows-caption', {hasText: 'label 2'}).first().waitFor();
    await page.waitForFunction(() => location.hash.includes('samples-of=2'));
    await drawer.getByRole('button', {name: 'Close channel'}).click();
    await drawer.waitFor({state: 'detached'});
    t.pass();
    await page.context().close();
  },
);

test.serial('without a projector the drawer says why, and still shows the maps', async t => {
  const {page} = await open('channel=3', {url: plainServer.url});
  const drawer = page.locator('.drawer');
  await drawer.locator('.channel-samples-no-projection', {hasText: 'This server cannot project'}).waitFor();
  await drawer.locator('canvas[aria-label^="Feature map"]').nth(7).waitFor();
  await shows(t, () => drawer.locator('canvas[aria-label^="Projection"]').count(), 0);
  await shows(
    t,
    async () => (await coloursOf(drawer.locator('canvas[aria-label^="Feature map"]').first())) > 1,
    true,
  );
  await page.context().close();
});

test.serial('a dead channel is said to be dead, and counted under the circles', async t => {
  const {page} = await open('run=small&channel=0');
  const head = page.locator('.drawer header p', {hasText: 'dead: every map is zero, 0 bits'});
  await head.waitFor();
  // Channel 0 is dead in all three classes, and over all samples.
  await page.locator('.circles-panel-marks', {hasText: '4 dead, 0 others of 0 bits'}).waitFor();
  t.pass();
  await page.context().close();
});

test.serial('classes are compared at one scale, their channels by difference', async t => {
  const {page} = await open('compare=1&compare=7');
  const panel = page.locator('[data-panel=class-comparison]');
  await shows(t, () => panel.locator('.circles').count(), 2);
  await panel.getByRole('button', {name: '4', exact: true}).click();
  await panel.locator('.circles').nth(2).waitFor();
  await panel.getByRole('button', {name: '0', exact: true}).click();
  await page.waitForFunction(() => location.hash.includes('compare=7&compare=4&compare=0'));
  const spreads = Array.from({length: 32}, (_, channel) => {
    const bits = [7, 4, 0].map(index => meanOf(2, channel, index)?.mean ?? Number.NaN);
    return Math.max(...bits) - Math.min(...bits);
  });
  const widest = spreads.indexOf(Math.max(...spreads));
  const first = panel.locator('.dot-rows-row').first();
  const furthest = `channel ${widest}Δ ${spreads[widest]?.toFixed(3)}`;
  await shows(t, async () => (await first.textContent())?.startsWith(furthest), true);
  await panel.getByRole('button', {name: 'Show all 32 channels'}).click();
  await shows(t, () => panel.locator('.dot-rows-row').count(), 32);
  await first.click();
  await shows(t, () => page.locator('.drawer h2').textContent(), `${LAYER} · channel ${widest}`);
  await page.context().close();
});

test.serial('the layers show how far the classes are apart, and a click chooses one', async t => {
  const {page} = await open();
  const panel = page.locator('[data-panel=layer-consistency]');
  await panel.locator('.dot-rows-row').first().waitFor();
  await shows(
    t,
    () => panel.locator('.dot-rows-label').allTextContents(),
    run.info.layers.slice(1).map(layer => layer.name),
  );
  await panel.locator('.dot-rows-row', {hasText: 'conv2d_1'}).click();
  await page.waitForFunction(() => location.hash.includes('layer=conv2d_1'));
  await page.locator('[data-panel=channel-circles] .panel-head p', {hasText: '16 channels'}).waitFor();
  const values = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map(index => meanOverChannels(index));
  const mean = values.reduce((sum, value) => sum + value, 0) / 10;
  const std = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 10);
  await shows(
    t,
    () => panel.locator('.dot-rows-row', {hasText: LAYER}).first().locator('.dot-rows-value').textContent(),
    `${mean.toFixed(2)} ± ${std.toFixed(2)}`,
  );
  await page.context().close();
});

test.serial(
  'of 512 channels only those in the window exist, and the keyboard reaches the others',
  async t => {
    const {page, trouble} = await open('run=wide&layer=conv2d_1');
    const charts = page.locator('.multiples-chart');
    await charts.first().waitFor();
    await shows(t, async () => (await charts.count()) < 100, true);
    await charts.first().focus();
    for (let i = 0; i < 20; i++) await page.keyboard.press('ArrowDown');
    const columns = await page
      .locator('.multiples-window')
      .evaluate(grid => getComputedStyle(grid).gridTemplateColumns.split(' ').length);
    await page.locator(`.multiples-chart[data-index="${20 * columns}"]:focus`).waitFor();
    await page.locator('.multiples').evaluate(grid => (grid.scrollTop = grid.scrollHeight));
    await page.locator('.multiples-chart[data-index="511"]').waitFor();
    await shows(t, async () => (await charts.count()) < 100, true);
    t.deepEqual(trouble, []);
    await page.context().close();
  },
);

test.serial('small charts are named by channel and last value, and sort by it', async t => {
  const {page} = await open();
  await page.locator('.channels select').nth(1).selectOption('final');
  const finals = Array.from({length: 32}, (_, channel) => ({
    channel,
    bits: meanOf(2, channel, null)?.mean ?? 0,
  }));
  finals.sort((a, b) => b.bits - a.bits);
  const {channel, bits} = finals[0]!;
  await shows(
    t,
    () => page.locator('.multiples-head').first().textContent(),
    `${channel} ${bits.toFixed(3)}`,
  );
  await page.locator('.multiples-chart').first().click();
  await shows(t, () => page.locator('.drawer h2').textContent(), `${LAYER} · channel ${channel}`);
  await page.context().close();
});

test.serial('small charts sort by how much their channels changed, and by index again', async t => {
  const {page} = await open();
  const sort = page.getByRole('combobox', {name: 'Sort'});
  const changes = Array.from({length: 32}, (_, channel) => {
    const values = [0, 1, 2]
      .map(epoch => meanOf(epoch, channel, null)?.mean ?? null)
      .filter(value => value !== null);
    return {channel, bits: values.length === 0 ? -1 : Math.abs(values.at(-1)! - values[0]!)};
  });
  const sorted = changes
    .toSorted((a, b) => b.bits - a.bits || a.channel - b.channel)
    .map(({channel}) => channel);
  t.notDeepEqual(
    sorted,
    sorted.toSorted((a, b) => a - b),
    'the order is another than that of the indices',
  );
  for (const [by, order] of [
    ['change', sorted],
    ['index', changes.map(({channel}) => channel)],
  ] as const) {
    await sort.selectOption(by);
    const shown = page.locator('.multiples-head > :first-child');
    await shown.nth(11).waitFor();
    const visible = await shown.count();
    await shows(t, () => shown.allTextContents(), order.slice(0, visible).map(String));
  }
  await page.context().close();
});

test.serial('the pointer over one chart marks its epoch in all of them', async t => {
  const {page} = await open();
  const plot = await page.locator('.multiples-chart canvas').first().boundingBox();
  if (!plot) return t.fail('no chart');
  await page.mouse.move(plot.x + 4, plot.y + plot.height / 2);
  const marked = () =>
    page.locator('.multiples').evaluate(grid => (grid as HTMLElement).style.getPropertyValue('--hovered'));
  await shows(t, () => marked(), '0');
  await page.mouse.move(plot.x + plot.width / 2, plot.y + plot.height / 2);
  await shows(t, () => marked(), '0.5');
  await page.mouse.move(5, 5);
  await shows(t, () => marked(), '-1');
  await page.context().close();
});

test.serial('the circles are saved as an SVG with a circle for every channel of every class', async t => {
  const {page} = await open();
  await page.getByRole('button', {name: 'Export Channels by class'}).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('[data-panel=channel-circles]').getByRole('button', {name: 'SVG'}).click(),
  ]);
  t.is(download.suggestedFilename(), `channel-circles-${LAYER}.svg`);
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

function meanOverChannels(index: number): number {
  const bits = rows.filter(row => row.epoch === 2 && row.class === index).map(row => row.mean ?? Number.NaN);
  return bits.reduce((sum, value) => sum + value, 0) / bits.length;
}

/** How many different colours a drawing has. */
function coloursOf(canvas: Locator): Promise<number> {
  return canvas.evaluate(element => {
    const {width, height} = element as HTMLCanvasElement;
    const data = (element as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data;
    return new Set(new Uint32Array(data?.buffer ?? new ArrayBuffer(0))).size;
  });
}
