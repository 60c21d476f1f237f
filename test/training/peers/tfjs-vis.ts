import {createRequire} from 'node:module';
import * as tf from '@tensorflow/tfjs';
import type {show} from '@tensorflow/tfjs-vis';
import test from 'ava';
import type {Browser, Page} from 'playwright-core';
import {launchChromium} from '../../support/chromium.js';
import {assertWhole, fitBeside, orders, type Peer} from '../../support/fit-beside.js';

const EPOCHS = 3;
/** What tfjs-vis plots, and the colours it takes for the curves. */
const CURVES = {loss: [76, 120, 168], val_loss: [245, 133, 24]} as const;

let browser: Browser;
test.before(async () => {
  browser = await launchChromium();
});
test.after.always(() => browser?.close());

type Hooks = ReturnType<typeof show.fitCallbacks>;

/**
 * tfjs-vis draws in a browser and does not load in Node. So its hooks live in a page, and a training in Node calls them
 * there: what it sees in the list is the plain object that `fitCallbacks` gives.
 */
async function fitCallbacks(page: Page): Promise<Hooks> {
  await page.setContent('<div id="plots"></div>');
  await page.addScriptTag({
    path: createRequire(import.meta.url).resolve('@tensorflow/tfjs-vis/dist/tfjs-vis.umd.min.js'),
  });
  const inPage = await page.evaluateHandle(curves => {
    const {tfvis} = window as unknown as {tfvis: {show: typeof show}};
    const plots = document.querySelector<HTMLElement>('#plots')!;
    return tfvis.show.fitCallbacks(plots, Object.keys(curves), {height: 200, width: 300});
  }, CURVES);
  const forward = (hook: 'onBatchEnd' | 'onEpochEnd') => (at: number, logs: tf.Logs) =>
    inPage.evaluate((hooks, [hook, at, logs]) => hooks[hook]?.(at, logs), [hook, at, logs] as const);
  return {onBatchEnd: forward('onBatchEnd'), onEpochEnd: forward('onEpochEnd')};
}

/** Waits until the chart of the epochs has every curve, each over most of the chart's width: a legend alone is narrow. */
async function curvesDrawn(page: Page): Promise<void> {
  await page.waitForFunction(curves => {
    const canvas = document.querySelector<HTMLCanvasElement>(
      '[data-name=onEpochEnd] [data-name=loss] canvas',
    );
    const pixels = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height);
    if (!pixels) return false;
    const {data, width} = pixels;
    return Object.values(curves).every(([r, g, b]) => {
      const columns = new Set<number>();
      for (let at = 0; at < data.length; at += 4) {
        if (data[at] === r && data[at + 1] === g && data[at + 2] === b) columns.add((at / 4) % width);
      }
      return columns.size > width / 2;
    });
  }, CURVES);
}

for (const [where, list] of Object.entries(orders)) {
  test.serial(`fitCallbacks of tfjs-vis, wrapped and ${where} in the list, draws its curves`, async t => {
    const page = await browser.newPage();
    const hooks = new tf.CustomCallback(await fitCallbacks(page));
    await assertWhole(t, await fitBeside(t, EPOCHS, slicer => list(slicer, hooks)));
    await curvesDrawn(page);
  });
}

test.serial(
  'fitCallbacks of tfjs-vis, bare and first in the list: the message says how to order them',
  async t => {
    const hooks = (await fitCallbacks(await browser.newPage())) as unknown as Peer;
    await t.throwsAsync(
      fitBeside(t, EPOCHS, slicer => [hooks, slicer]),
      {message: /write callbacks: callbackList\(tf, \[slicer/},
    );
  },
);

test.serial('fitCallbacks of tfjs-vis, bare and after it, is what tfjs itself refuses', async t => {
  const hooks = (await fitCallbacks(await browser.newPage())) as unknown as Peer;
  await t.throwsAsync(
    fitBeside(t, EPOCHS, slicer => [slicer, hooks]),
    {message: /setParams is not a function/},
  );
});
