import {cp} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {servedViewer} from '../support/served-viewer.js';
import {shows} from '../support/shows.js';

const {open, server} = await servedViewer(async folder => {
  for (const name of ['demo', 'sweep/other'])
    await cp('test/fixtures/demo-run', join(folder, name), {recursive: true});
});

/** Windows of 1280 x 800 at 150, 175 and 200 %, of 1920 x 1080 at 200 %, and two without zoom. */
const windows = [
  [853, 533],
  [731, 457],
  [640, 400],
  [960, 540],
  [800, 1000],
  [390, 844],
] as const;

for (const [width, height] of windows) {
  test.serial(
    `at ${width} x ${height} at least 60 % is for the view, and the drawer ends above the clock`,
    async t => {
      const {page} = await open('run=demo&tab=layers&pair=3,3', {viewport: {width, height}});
      await page.locator('.drawer canvas').first().waitFor();
      const room = () =>
        page.evaluate(() => {
          const [tabs, bar] = ['.tabs', '.epoch-bar'].map(name =>
            document.querySelector(name)!.getBoundingClientRect(),
          );
          return (bar!.top - tabs!.bottom) / innerHeight;
        });
      t.true((await room()) >= 0.6, `${await room()}`);
      t.is(await page.evaluate(() => document.documentElement.scrollWidth), width);
      await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
      t.true((await room()) >= 0.6);
      const ends = await page.evaluate(() =>
        ['.drawer', '.epoch-bar'].map(name => document.querySelector(name)!.getBoundingClientRect()),
      );
      t.true(ends[0]!.bottom <= ends[1]!.top + 1, 'the end of the drawer can be seen');
      await page.context().close();
    },
  );
}

test.serial('the page title names run and view, and follows them', async t => {
  const {page} = await open('run=demo&tab=layers');
  await shows(t, () => page.title(), 'demo · Layers · CNNSlicer');
  await page.keyboard.press('1');
  await shows(t, () => page.title(), 'demo · Performance · CNNSlicer');
  await page.goto(`${server.url}#run=sweep%2Fother&run=demo`);
  await shows(t, () => page.title(), 'sweep/other + 1 · Performance · CNNSlicer');
  await page.context().close();
});

test.serial('it plays at the speed chosen', async t => {
  const {page} = await open('run=demo&tab=performance&epoch=0');
  await page.getByRole('combobox', {name: 'Speed of playing'}).selectOption('4');
  await page.locator('body').press('Space');
  await page.locator('.epoch-track[aria-valuenow="5"]').waitFor();
  await page.getByRole('button', {name: 'Play'}).waitFor();
  t.pass();
  await page.context().close();
});

test.serial('without JavaScript the page says what it needs', async t => {
  const html = await (await fetch(server.url)).text();
  t.regex(html, /<noscript>.*allow JavaScript/);
});
