// README's pictures: node scripts/screenshots.mjs [LOGDIR] [FOLDER], after a build and `npm run demo`.
// Each view of the newest run, light and dark, 1280 and 1920 wide; on what machine does not matter, as the browser and
// its font come from npm.
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {startViewer} from '../dist/cli/viewer/start-viewer.js';
import {launchPictureChromium} from '../build/test/support/chromium.js';
import {fewColours} from './few-colours.mjs';

const [logdir = 'runs', folder = 'docs/images'] = process.argv.slice(2);

/** Pictures by their name: what the address says, and what has to be there. */
const pages = {
  performance: {hash: 'tab=performance', ready: '[data-panel=training] canvas'},
  layers: {
    hash: 'tab=layers&from=conv2d_1&to=conv2d_2&pair=6,11&row-order=mean&column-order=mean',
    ready: '.drawer canvas',
  },
  channels: {hash: 'tab=channels&layer=conv2d_2&lines=classes&sort=change', ready: '.multiples-chart canvas'},
  query: {hash: 'tab=channels&query=H(dCNN(label=*, conv2d_1, *, *))', ready: '[data-panel=result] canvas'},
  channel: {hash: 'tab=channels&layer=conv2d_2&channel=11&samples-of=3', ready: '.drawer canvas'},
};
const sizes = [
  {width: 1280, height: 860},
  {width: 1920, height: 1080},
];

mkdirSync(folder, {recursive: true});
const server = await startViewer(logdir, 0);
const browser = await launchPictureChromium();
try {
  for (const viewport of sizes) {
    for (const theme of ['light', 'dark']) {
      for (const [name, {hash, ready}] of Object.entries(pages)) {
        const page = await browser.newPage({viewport, colorScheme: theme, reducedMotion: 'reduce'});
        await page.goto(`${server.url}#${hash}`);
        await page.waitForSelector(ready);
        await page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null);
        // The event stream stays open: the network is idle when all answers have come.
        await page.waitForLoadState('networkidle');
        // What a link opens takes the focus, whose ring is of no use in a picture.
        await page.evaluate(() => document.activeElement.blur());
        await page.evaluate(
          () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))),
        );
        const path = join(folder, `${name}-${theme}-${viewport.width}.png`);
        writeFileSync(path, fewColours(await page.screenshot()));
        console.log(path);
        await page.close();
      }
    }
  }
} finally {
  await browser.close();
  await server.close();
}
