import {join} from 'node:path';
import test from 'ava';
import type {Page} from 'playwright-core';
import {CONV, INPUT, runInfo} from '../support/run-folder.js';
import {servedViewer} from '../support/served-viewer.js';
import {openViewer} from '../support/viewer-page.js';
import {writeRun} from '../support/written-run.js';

const epochs = Array.from({length: 21}, (_, i) => i);

const layers = [INPUT, {...CONV, channels: 24}, {...CONV, index: 2, name: 'conv2d_2', channels: 16}];
const {server, browser} = await servedViewer(logdir =>
  writeRun(join(logdir, 'run'), {epochs, info: runInfo({layers})}),
);

/** Waits until the clock and every panel that names an epoch agree. */
async function allShow(page: Page, epoch: number): Promise<void> {
  await page.waitForFunction(
    wanted =>
      document.querySelector('.epoch-track')?.getAttribute('aria-valuenow') === String(wanted) &&
      [...document.querySelectorAll('.panel')].every(panel => {
        const named = /\bepoch (\d+)/.exec(panel.querySelector('.panel-head p')?.textContent ?? '');
        return !panel.querySelector('.panel-waiting') && (!named || Number(named[1]) === wanted);
      }),
    epoch,
    {timeout: 60_000},
  );
}

for (const tab of ['performance', 'layers', 'channels']) {
  test.serial(
    `${tab}: a held key moves the clock once for each event, and the panels to the last`,
    async t => {
      const {page, trouble} = await openViewer(browser, `${server.url}#epoch=0&tab=${tab}`);
      await allShow(page, 0);
      await page.evaluate(() => {
        const track = document.querySelector('.epoch-track') as Element;
        const visited: number[] = [];
        Object.assign(globalThis, {visited});
        const note = () => visited.push(Number(track.getAttribute('aria-valuenow')));
        new MutationObserver(note).observe(track, {attributeFilter: ['aria-valuenow']});
      });
      // Sent at once, faster than any keyboard repeats.
      await Promise.all(epochs.slice(1).map(() => page.keyboard.down('ArrowRight')));
      await page.keyboard.up('ArrowRight');
      await allShow(page, 20);
      const visited = await page.evaluate(() => (globalThis as unknown as {visited: number[]}).visited);
      t.deepEqual(visited, epochs.slice(1));
      t.deepEqual(trouble, []);
      await page.context().close();
    },
  );
}

test.serial(
  'a step draws the circles again, and of the small charts those that change their mark',
  async t => {
    const {page, settled} = await openViewer(browser, `${server.url}#epoch=3&tab=channels`);
    await allShow(page, 3);
    await page.locator('.multiples-chart canvas').nth(23).waitFor();
    await settled();
    const marked = () =>
      page
        .locator('.multiples-chart:has(.multiples-flag)')
        .evaluateAll(charts => charts.map(chart => (chart as HTMLElement).dataset['index']));
    const before = await marked();
    await page.evaluate(() => {
      const drawn = {charts: [] as (string | undefined)[], circles: 0};
      Object.assign(globalThis, {drawn});
      const prototype = HTMLCanvasElement.prototype as {getContext: unknown};
      const getContext = prototype.getContext as () => unknown;
      // Every drawing requests the context.
      prototype.getContext = function (this: HTMLCanvasElement, ...args: []) {
        const chart = this.closest<HTMLElement>('.multiples-chart');
        if (chart) drawn.charts.push(chart.dataset['index']);
        if (this.closest('.circles')) drawn.circles++;
        return getContext.apply(this, args);
      };
    });
    await page.keyboard.press('ArrowRight');
    await allShow(page, 4);
    await page.waitForFunction(() => (globalThis as unknown as {drawn: Drawn}).drawn.circles >= 3);
    const {charts} = await page.evaluate(() => (globalThis as unknown as {drawn: Drawn}).drawn);
    const after = await marked();
    const changed = [...before, ...after].filter(index => before.includes(index) !== after.includes(index));
    const inOrder = (indexes: readonly unknown[]) => indexes.map(Number).sort((a, b) => a - b);
    t.deepEqual(inOrder(charts), inOrder(changed));
    await page.context().close();
  },
);

interface Drawn {
  charts: string[];
  circles: number;
}

test.serial('the channel view gets its table in one answer, with the columns it draws alone', async t => {
  const answers: string[] = [];
  const context = await browser.newContext();
  const page = await context.newPage();
  page.on('request', request => {
    if (request.url().includes('/tables/channel_entropy')) answers.push(request.url());
  });
  await page.goto(`${server.url}#epoch=0&tab=channels`);
  await page.locator('.multiples-chart canvas').first().waitFor();
  await allShow(page, 0);
  for (const epoch of [1, 2, 3]) {
    await page.keyboard.press('ArrowRight');
    await allShow(page, epoch);
  }
  t.is(answers.length, 1);
  t.regex(answers[0] ?? '', /format=arrow/);
  t.notRegex(answers[0] ?? '', /columns=[^&]*layer/);
  await context.close();
});
