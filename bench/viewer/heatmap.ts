import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Browser, Page} from 'playwright-core';
import {startViewer} from '#src/cli/viewer/start-viewer.js';
import {INPUT} from '../../test/support/run-folder.js';
import {writeRun} from '../../test/support/written-run.js';
import type {BenchResult} from '../result.js';
import {layerOf} from './channels.js';
import {goal} from './goal.js';
import {openWatched} from './open-watched.js';
import {holdKey, shownIs, visitAll, watchedOf} from './scrub.js';
import {percentile} from './percentile.js';

/**
 * The capacity of 512 x 512 channels. Its values are noise, which costs the drawing no less; the page is opened, the
 * all epochs are visited, and rows and columns are sorted again, each from the input event to the painted frame.
 */
export async function benchHeatmap(browser: Browser, {smoke}: {smoke: boolean}): Promise<BenchResult[]> {
  const logdir = await mkdtemp(join(tmpdir(), 'cnnslicer-bench-'));
  const channels = smoke ? 16 : 512;
  // More than the strip over time asks for by itself: the others arrive when the clock gets there.
  const epochs = Array.from({length: 18}, (_, i) => i);
  await writeRun(join(logdir, 'run'), {
    epochs,
    info: {layers: [INPUT, layerOf(1, channels), layerOf(2, channels)]},
  });
  const server = await startViewer(logdir, 0);
  try {
    const opened = await openWatched(browser, `${server.url}#tab=layers`, 1280);
    const {page} = opened;
    const arrived = await drawnAfterArrival(page, epochs);
    await visitAll(page, epochs);
    const {ms, workMs} = await holdKey(opened, epochs);
    for (let i = 0; i < (smoke ? 1 : 12); i++) {
      for (const order of ['By mean', 'By index', 'By largest'])
        await page.getByRole('button', {name: order}).click();
    }
    await page.waitForTimeout(100);
    const clicks = (await watchedOf(page)).inputs.filter(({type}) => type === 'click');
    const sorted = clicks.map(({ms, paintedMs}) => paintedMs - ms);
    await page.context().close();
    const name = `heatmap of ${channels} x ${channels} channels`;
    return [
      goal(`${name}, from the answer's arrival`, arrived, 50),
      goal(`${name}, from epoch to epoch, p95`, [percentile(ms, 0.95)], 50, {
        note: `${workMs.toFixed(1)} ms of the main thread a step`,
      }),
      goal(`${name}, sorted again, p95`, [percentile(sorted, 0.95)], 50),
    ];
  } finally {
    await server.close();
    await rm(logdir, {recursive: true, force: true});
  }
}

/** Visits the epochs for the first time: from the end of each answer to the painting of its heatmap. */
async function drawnAfterArrival(page: Page, epochs: readonly number[]): Promise<number[]> {
  const times: number[] = [];
  for (const epoch of epochs.slice(0, -1).toReversed()) {
    await page.evaluate(() => performance.clearResourceTimings());
    await page.keyboard.press('ArrowLeft');
    await shownIs(page, epoch);
    const arrivedMs = await page.evaluate(() => {
      const answers = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
      return answers.find(({name}) => name.includes('expression=C'))?.responseEnd;
    });
    const paintedMs = (await watchedOf(page)).shown.at(-1)?.ms;
    if (arrivedMs !== undefined) times.push(Number(paintedMs) - arrivedMs);
  }
  return times;
}
