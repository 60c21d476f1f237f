/**
 * The channel view at its largest, in a real browser: the scroll of 512 small charts, and 1408 circles (128 channels,
 * 10 classes and all together) that change size and zoom. Frames of 16.7 ms are as many as the screen shows; without a
 * graphics card the browser rasterises on the processor.
 */
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Browser, Page} from 'playwright-core';
import {startServer} from 'cnnslicer/server';
import type {LayerInfo} from '#src/shared/index.js';
import {INPUT} from '../../test/support/run-folder.js';
import {openViewer} from '../../test/support/viewer-page.js';
import {writeRun} from '../../test/support/written-run.js';
import type {BenchResult} from '../result.js';
import {percentile} from './percentile.js';

const classes = Array.from({length: 10}, (_, i) => `class ${i}`);

/** Measures two layers; takes some ten seconds. */
export async function benchChannels(browser: Browser, {smoke}: {smoke: boolean}): Promise<BenchResult[]> {
  const logdir = await mkdtemp(join(tmpdir(), 'cnnslicer-bench-'));
  try {
    const epochs = Array.from({length: smoke ? 3 : 21}, (_, i) => i);
    await writeRun(join(logdir, 'run'), {
      epochs,
      info: {classes, layers: [INPUT, layerOf(1, 128), layerOf(2, 512)]},
    });
    const server = await startServer({logdir, port: 0});
    try {
      return [
        ...(await benchScroll(browser, server.url, smoke)),
        ...(await benchCircles(browser, server.url, smoke)),
      ];
    } finally {
      await server.close();
    }
  } finally {
    await rm(logdir, {recursive: true, force: true});
  }
}

async function benchScroll(browser: Browser, url: string, smoke: boolean): Promise<BenchResult[]> {
  const startedMs = performance.now();
  const {page} = await openViewer(browser, `${url}#tab=channels&layer=conv2d_2&lines=classes`);
  await page.waitForFunction(() => document.querySelectorAll('.multiples-chart').length > 0);
  const openedMs = performance.now() - startedMs;
  const steps = smoke ? 10 : 240;
  const frames = await framesOf(page, steps, () => {
    const scroller = document.querySelector('.multiples');
    if (scroller) scroller.scrollTop += 48;
  });
  await page.context().close();
  return [
    {name: '512 small charts of 21 epochs and 10 lines: open the page', unit: 'ms', value: openedMs, runs: 1},
    ...frameResults('512 small charts: scroll', frames),
  ];
}

async function benchCircles(browser: Browser, url: string, smoke: boolean): Promise<BenchResult[]> {
  const {page} = await openViewer(browser, `${url}#tab=channels&layer=conv2d_1`, {
    reducedMotion: 'no-preference',
  });
  await page.waitForSelector('[data-panel=channel-circles] canvas');
  const steps = smoke ? 10 : 120;
  const played = await framesOf(page, steps, frame => {
    // A new epoch every 20 frames: the circles are in motion nearly all of the time.
    if (frame % 20 === 0)
      document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowLeft', bubbles: true}));
  });
  const zoomed = await framesOf(page, steps, frame => {
    const cursor = document.querySelector<HTMLElement>('[data-panel=channel-circles] .circles-cursor');
    if (frame % 40 === 0) cursor?.click();
    if (frame % 40 === 20)
      cursor?.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape', bubbles: true}));
  });
  await page.context().close();
  return [
    ...frameResults('1408 circles: from epoch to epoch', played),
    ...frameResults('1408 circles: zoom in and out', zoomed),
  ];
}

/** Milliseconds from frame to frame, while `act` is done in each; both functions run in the page. */
function framesOf(page: Page, steps: number, act: (frame: number) => void): Promise<number[]> {
  return page.evaluate<number[]>(`(${measureFrames.toString()})(${steps}, ${act.toString()})`);
}

function measureFrames(steps: number, act: (frame: number) => void): Promise<number[]> {
  return new Promise(resolve => {
    const times: number[] = [];
    let last = Number.NaN;
    const step = (now: number): void => {
      times.push(now - last);
      last = now;
      if (times.length > steps) {
        resolve(times.slice(1));
      } else {
        act(times.length - 1);
        requestAnimationFrame(step);
      }
    };
    requestAnimationFrame(step);
  });
}

function frameResults(name: string, frames: readonly number[]): BenchResult[] {
  return [
    {name: `${name}, median frame`, unit: 'ms', value: percentile(frames, 0.5), runs: frames.length},
    {name: `${name}, 95th percentile`, unit: 'ms', value: percentile(frames, 0.95), runs: frames.length},
  ];
}

/** A convolution of a run that is written, not trained. */
export function layerOf(index: number, channels: number): LayerInfo {
  return {index, name: `conv2d_${index}`, className: 'Conv2D', spatial: [3, 5], channels};
}
