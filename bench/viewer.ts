/**
 * The viewer in a real browser, without a graphics card, on two runs: the demo, and the larger run of 12 layers and 60
 * epochs. What has a goal is shown beside it. Its server runs in a thread of its own, as `cnnslicer view` has it in a
 * process of its own; the clock is the page's, and a step ends when the frame that shows it has been painted.
 */
import {execFile} from 'node:child_process';
import {existsSync} from 'node:fs';
import {cp, mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import type {Browser} from 'playwright-core';
import {openRun} from 'cnnslicer/store';
import {startViewer} from '#src/cli/viewer/start-viewer.js';
import {launchChromium} from '../test/support/chromium.js';
import type {BenchResult} from './result.js';
import {benchChannels} from './viewer/channels.js';
import {goal} from './viewer/goal.js';
import {benchHeatmap} from './viewer/heatmap.js';
import {largeRun} from './viewer/large-run.js';
import {openWatched} from './viewer/open-watched.js';
import {percentile} from './viewer/percentile.js';
import {dragSlider, holdKey, visitAll, watchedOf, type Scrubbed} from './viewer/scrub.js';

const FOLDER = 'bench/data/viewer';

interface Scene {
  name: string;
  run: string;
  epochs: number[];
}

/** Made runs stay in `bench/data`. */
export async function benchViewer({smoke}: {smoke: boolean}): Promise<BenchResult[]> {
  const logdir = smoke ? await mkdtemp(join(tmpdir(), 'cnnslicer-bench-')) : FOLDER;
  const scenes = smoke ? await smokeScene(logdir) : await fullScenes();
  const server = await startViewer(logdir, 0);
  const browser = await launchChromium();
  const results: BenchResult[] = [];
  try {
    for (const scene of scenes) {
      results.push(...(await benchOpening(browser, server.url, scene, smoke ? 1 : 9)));
      results.push(...(await benchScrubbing(browser, server.url, scene)));
    }
    results.push(...(await benchHeatmap(browser, {smoke})), ...(await benchChannels(browser, {smoke})));
  } finally {
    await browser.close();
    await server.close();
    if (smoke) await rm(logdir, {recursive: true, force: true});
  }
  return results;
}

const pages = [
  {name: 'performance', hash: 'tab=performance', width: 1280},
  {name: 'layers', hash: 'tab=layers', width: 1280},
  {name: 'channels', hash: 'tab=channels', width: 1280},
  {name: 'performance beside channels', hash: 'tab=channels', width: 1920},
];

/** From the navigation to the first painting with every panel drawn; nothing of the page is in the browser's cache. */
async function benchOpening(
  browser: Browser,
  url: string,
  {name, run}: Scene,
  runs: number,
): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  for (const page of pages) {
    const times: number[] = [];
    for (let i = 0; i < runs; i++) {
      const opened = await openWatched(browser, `${url}#run=${run}&${page.hash}`, page.width);
      times.push((await watchedOf(opened)).usefulMs ?? Number.NaN);
      await opened.context().close();
    }
    results.push(goal(`${name}: open ${page.name}, first painting with all panels`, times, 1500));
  }
  return results;
}

/** Every step through the epochs, once each has been seen. */
async function benchScrubbing(
  browser: Browser,
  url: string,
  {name, run, epochs}: Scene,
): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  for (const {name: view, hash, width} of pages) {
    const page = await openWatched(browser, `${url}#run=${run}&${hash}`, width);
    await visitAll(page, epochs);
    const ways: Record<string, Scrubbed> = {
      'key held': await holdKey(page, epochs),
      'slider dragged': await dragSlider(page, epochs),
    };
    for (const [way, {ms, inputs, dropped}] of Object.entries(ways)) {
      const steps = `${inputs} of ${epochs.length - 1} inputs, ${dropped} dropped`;
      results.push(goal(`${name}: epochs in ${view}, ${way} (${steps}), p95`, [percentile(ms, 0.95)], 50));
    }
    await page.context().close();
  }
  return results;
}

/** A copy of the run that the tests have: derived tables are kept in the folder of a run. */
async function smokeScene(logdir: string): Promise<Scene[]> {
  await cp('test/fixtures/demo-run', join(logdir, 'demo'), {recursive: true});
  return [await sceneOf('small demo', logdir, 'demo')];
}

async function fullScenes(): Promise<Scene[]> {
  const demo = 'mnist-200-per-class';
  if (!existsSync(join(FOLDER, demo))) {
    console.log('  training the demo, once');
    const command = ['dist/cli/main.js', 'demo', '--no-view', '--quiet', '--logdir', FOLDER];
    await promisify(execFile)(process.execPath, command);
  }
  if (!existsSync(join(FOLDER, 'deep'))) console.log('  training the larger run, once');
  await largeRun(join(FOLDER, 'deep'));
  return [
    await sceneOf('demo run', FOLDER, demo),
    await sceneOf('larger run (12 layers, 60 epochs)', FOLDER, 'deep'),
  ];
}

async function sceneOf(name: string, logdir: string, run: string): Promise<Scene> {
  return {name, run, epochs: await (await openRun(join(logdir, run))).epochs()};
}
