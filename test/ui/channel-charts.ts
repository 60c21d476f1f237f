import test from 'ava';
import {channelView, LAYER} from '../support/channel-view.js';
import {shows} from '../support/shows.js';

const {run, rows, open, meanOf} = await channelView();

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

test.serial('small charts are named by channel and the value at the clock, and sort by the last', async t => {
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

function meanOverChannels(index: number): number {
  const bits = rows.filter(row => row.epoch === 2 && row.class === index).map(row => row.mean ?? Number.NaN);
  return bits.reduce((sum, value) => sum + value, 0) / bits.length;
}
