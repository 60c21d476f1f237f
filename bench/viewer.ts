/**
 * The viewer in a real browser, without a graphics card, on two runs: the demo, and the larger run of 12 layers and 60
 * epochs. Numbers with a goal are shown with it. Its server runs in a separate thread, as `cnnslicer view` runs it in a
 * separate process; the clock is the page's, and a step ends when the frame that shows it has been painted. As a busy
 * machine makes every step late, the processor time of the page's main thread is given with each.
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
import {median} from './median.js';
import type {BenchResult} from './result.js';
import {benchChannels} from './viewer/channels.js';
import {goal} from './viewer/goal.js';
import {benchHeatmap} from './viewer/heatmap.js';
import {largeRun} from './viewer/large-run.js';
import {openWatched} from './viewer/open-watched.js';
import {percentile} from './viewer/percentile.js';
import {dragSlider, holdKey, pressKey, visitAll} from './viewer/scrub.js';

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
      results.push(...(await benchOpening(browser, server.url, scene, smoke ? 1 : 7)));
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

const views = [
  {name: 'performance', hash: 'tab=performance', width: 1280},
  {name: 'layers', hash: 'tab=layers', width: 1280},
  {name: 'channels', hash: 'tab=channels', width: 1280},
  {name: 'performance beside layers', hash: 'tab=layers', width: 1920},
  {name: 'performance beside channels', hash: 'tab=channels', width: 1920},
];

/** From the navigation to the first painting with every panel drawn. */
async function benchOpening(
  browser: Browser,
  url: string,
  {name, run}: Scene,
  runs: number,
): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  for (const view of views) {
    const times: number[] = [];
    const works: number[] = [];
    for (let i = 0; i < runs; i++) {
      const {page, usefulMs, work} = await openWatched(browser, `${url}#run=${run}&${view.hash}`, view.width);
      times.push(usefulMs);
      works.push(await work());
      await page.context().close();
    }
    // The first one finds the server without anything read.
    const note = `${mainThread(median(works))}; the first ${Number(times[0]).toFixed(0)} ms`;
    const what = `${name}: open ${view.name} at ${view.width}, all panels painted`;
    results.push(goal(what, times, 1500, {note}));
  }
  return results;
}

const ways = {'key pressed': pressKey, 'key held': holdKey, 'slider dragged': dragSlider};

/** Every step through the epochs, once each has been seen. */
async function benchScrubbing(
  browser: Browser,
  url: string,
  {name, run, epochs}: Scene,
): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  for (const {name: view, hash, width} of views) {
    const opened = await openWatched(browser, `${url}#run=${run}&${hash}`, width);
    await visitAll(opened.page, epochs);
    for (const [way, scrub] of Object.entries(ways)) {
      const {ms, sent, lost, unpainted, workMs} = await scrub(opened, epochs);
      const what = `${name}: epochs in ${view} at ${width}, ${way}`;
      const note = `p50 ${percentile(ms, 0.5).toFixed(1)} ms; ${mainThread(workMs)} a step`;
      results.push(
        goal(`${what}, p95`, [percentile(ms, 0.95)], 50, {note}),
        goal(`${what}, inputs lost or not painted`, [lost + unpainted], 0, {
          unit: `of ${sent}`,
          note: `${lost} lost, ${unpainted} not painted`,
        }),
      );
    }
    await opened.page.context().close();
  }
  return results;
}

function mainThread(ms: number): string {
  return `${ms.toFixed(1)} ms of the main thread`;
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
    const command = ['dist/bundled/cnnslicer.js', 'demo', '--no-view', '--quiet', '--logdir', FOLDER];
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
