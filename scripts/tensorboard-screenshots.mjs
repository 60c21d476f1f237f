// Pictures of TensorBoard's pages: node scripts/tensorboard-screenshots.mjs [LOGDIR] [FOLDER] [PAGE …], after a build, `npm
// run setup:python` and `npm run demo`. Stock TensorBoard of .venv shows the runs in LOGDIR; default all pages. Those of
// docs/tensorboard.md: … runs docs/images images custom-scalars text
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {launchPictureChromium} from '../build/test/support/chromium.js';
import {fewColours} from './few-colours.mjs';

const [logdir = 'runs', folder = 'build/tensorboard-pages', ...wanted] = process.argv.slice(2);

/** Pages by their name: the address, what is there once it has been drawn, and the height that shows what matters. */
const pages = {
  'time-series': {hash: 'timeseries', ready: 'scalar-card svg'},
  scalars: {hash: 'scalars', ready: 'tf-line-chart-data-loader svg, vz-line-chart2 svg'},
  images: {hash: 'images', ready: 'tf-image-loader img', height: 1090},
  distributions: {hash: 'distributions', ready: 'tf-distribution-dashboard svg'},
  histograms: {hash: 'histograms', ready: 'tf-histogram-dashboard svg'},
  'custom-scalars': {hash: 'custom_scalars', ready: 'tf-custom-scalar-dashboard svg', height: 430},
  hparams: {hash: 'hparams', ready: 'tf-hparams-main'},
  text: {hash: 'text', ready: 'tf-text-loader table', height: 620},
  graphs: {hash: 'graphs', ready: 'tf-graph-scene svg'},
};

mkdirSync(folder, {recursive: true});
const {url, stop} = await startTensorBoard(logdir);
const browser = await launchPictureChromium();
try {
  for (const name of wanted.length > 0 ? wanted : Object.keys(pages)) {
    const {hash, ready, height = 1000} = pages[name];
    const page = await browser.newPage({viewport: {width: 1440, height}, reducedMotion: 'reduce'});
    await page.goto(`${url}#${hash}`);
    await page.waitForSelector(ready);
    await page.waitForLoadState('networkidle');
    const path = join(folder, `tensorboard-${name}.png`);
    writeFileSync(path, fewColours(await still(page)));
    console.log(path);
    await page.close();
  }
} finally {
  await browser.close();
  await stop();
}

/** A picture of a page that moves no more: TensorBoard's charts grow and its graphs fly in. */
async function still(page) {
  for (let before = Buffer.alloc(0); ;) {
    const now = await page.screenshot();
    if (now.equals(before)) return now;
    before = now;
    await page.waitForTimeout(1000);
  }
}

/** Starts stock TensorBoard on a free port; it prints its address. */
async function startTensorBoard(runs) {
  const options = ['--host', '127.0.0.1', '--port', '0', '--samples_per_plugin', 'images=1000'];
  const server = spawn('.venv/bin/tensorboard', ['--logdir', runs, ...options], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  for await (const line of createInterface({input: server.stderr})) {
    const [address] = /http:\S+/.exec(line.includes(' at http') ? line : '') ?? [];
    if (address) {
      return {
        url: address,
        stop: () => {
          server.kill();
          return once(server, 'exit');
        },
      };
    }
  }
  throw new Error('TensorBoard did not start; run "npm run setup:python" first.');
}
