import {join} from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import type {Page} from 'playwright-core';
import {scalePalette, seededRandom, sequentialStops, paletteIndex, type RunInfo} from '#src/shared/index.js';
import {servedViewer} from '../support/served-viewer.js';
import {CONV, INPUT, runInfo} from '../support/run-folder.js';
import {cellCentre, openViewer} from '../support/viewer-page.js';
import {tableRows, writeRun} from '../support/written-run.js';

/** Names in several scripts, and longer than there is room for. */
const nameOf = (index: number): string =>
  [`n${index}`, `\u05e9\u05dc\u05d5\u05dd ${index}`, `a name that is much longer than its heading ${index}`][
    index % 3
  ]!;

function infoOf(classes: number): RunInfo {
  return runInfo({
    ...{name: `${classes}`, classes: Array.from({length: classes}, (_, i) => nameOf(i))},
    layers: [INPUT, {...CONV, channels: 2}],
    probe: {...runInfo().probe, samples: classes, perClass: new Array<number>(classes).fill(1)},
  });
}

// A few sizes of all that there are, and the ends.
const sizes = [1, 2, 1000, ...fc.sample(fc.integer({min: 3, max: 600}), {seed: 14, numRuns: 4})];

const {server, browser} = await servedViewer(async logdir => {
  for (const classes of sizes)
    await writeRun(join(logdir, String(classes)), {epochs: [0, 1], info: infoOf(classes)});
});

/** The colour of the pixel at a point of the window. */
async function colourAt(page: Page, {x, y}: {x: number; y: number}): Promise<number[]> {
  return page.evaluate(
    ([left, top]) => {
      const canvas = document.querySelector<HTMLCanvasElement>(
        '[data-panel=confusion] [data-raster] canvas',
      )!;
      const corner = canvas.getBoundingClientRect();
      const ratio = canvas.width / corner.width;
      const pixel = canvas
        .getContext('2d')!
        .getImageData(
          Math.floor((left! - corner.left) * ratio),
          Math.floor((top! - corner.top) * ratio),
          1,
          1,
        );
      return [...pixel.data.slice(0, 3)];
    },
    [x, y],
  );
}

for (const classes of sizes) {
  test.serial(`${classes} classes: name, colour and count of what is pointed at agree`, async t => {
    const info = infoOf(classes);
    const {page, trouble} = await openViewer(browser, `${server.url}#run=${classes}`, {
      viewport: {width: 1280, height: 1000},
      deviceScaleFactor: 1 + (classes % 2),
    });
    const counts = new Map(
      tableRows(info, 1).confusion.map(({label, predicted, count}) => [`${label} ${predicted}`, count]),
    );
    const totals = new Array<number>(classes).fill(0);
    for (const {label, count} of tableRows(info, 1).confusion) totals[label]! += count;
    const palette = scalePalette(sequentialStops.light);
    const random = seededRandom(classes);
    await page.mouse.move(0, 0);
    for (let i = 0; i < 12; i++) {
      const [row, column] = [Math.floor(random() * classes), Math.floor(random() * classes)];
      const at = await cellCentre(page, 'confusion', row, column);
      // Beside the middle, where the count is written.
      const point = {x: at.x, y: at.y - (classes < 30 ? 6 : 0)};
      await page.mouse.move(point.x, point.y);
      const title = await page.locator('.tooltip-title').innerText();
      const [, label, predicted] = /^true (\d+).* · predicted (\d+)/.exec(title)!;
      const near = Math.ceil(classes / 200);
      t.true(Math.abs(Number(label) - row) <= near && Math.abs(Number(predicted) - column) <= near, title);
      if (classes <= 200) t.deepEqual([Number(label), Number(predicted)], [row, column]);
      t.true(title.includes(nameOf(Number(label))) || nameOf(Number(label)) === `n${label}`, title);
      const count = counts.get(`${label} ${predicted}`)!;
      t.regex(await page.locator('.tooltip').innerText(), new RegExp(`samples\\s+${count}\\b`));
      const colour = 3 * paletteIndex(count, [0, Math.max(1, ...totals)]);
      t.deepEqual(await colourAt(page, point), [...palette.slice(colour, colour + 3)], title);
    }
    t.true((await page.evaluate(() => document.querySelectorAll('*').length)) < 3000);
    t.deepEqual(trouble, []);
    await page.context().close();
  });
}
