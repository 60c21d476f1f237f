// Pictures of a running viewer: node scripts/screenshots.mjs [URL] [FOLDER], after a build.
// Widths 1280 and 1920, light and dark; the three views, an opened cell, channel pair and channel.
import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {launchChromium} from '../build/test/support/chromium.js';

const [url = 'http://127.0.0.1:6007/', folder = 'screenshots'] = process.argv.slice(2);

const pages = {
  performance: 'tab=performance',
  cell: 'tab=performance&cell=3,3',
  layers: 'tab=layers',
  pair: 'tab=layers&pair=3,5&row-order=mean&column-order=mean&baseline=true',
  channels: 'tab=channels&lines=classes',
  channel: 'tab=channels&channel=1',
};
const sizes = [
  {width: 1280, height: 800},
  {width: 1920, height: 1080},
];

mkdirSync(folder, {recursive: true});
const browser = await launchChromium();
try {
  for (const size of sizes) {
    for (const theme of ['light', 'dark']) {
      const page = await browser.newPage({viewport: size, colorScheme: theme, reducedMotion: 'reduce'});
      for (const [name, hash] of Object.entries(pages)) {
        const file = join(folder, `${name}-${size.width}-${theme}.png`);
        await page.goto(`${url}#${hash}`);
        await page.reload();
        await page.waitForSelector('.panel-body canvas');
        await page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null);
        await page.waitForLoadState('load');
        await page.evaluate(
          () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))),
        );
        await page.screenshot({path: file});
        console.log(file);
      }
      await page.close();
    }
  }
} finally {
  await browser.close();
}
