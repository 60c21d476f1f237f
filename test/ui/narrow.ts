import {cp} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {servedViewer} from '../support/served-viewer.js';
import {openViewer} from '../support/viewer-page.js';

const {server, browser} = await servedViewer(async logdir => {
  await cp('test/fixtures/demo-run', join(logdir, 'demo'), {recursive: true});
  await cp('test/fixtures/demo-run', join(logdir, 'again'), {recursive: true});
});

const pages = {
  performance: 'tab=performance',
  'performance of two runs, a cell opened': 'run=demo&run=again&tab=performance&cell=3,3&smoothing=50',
  layers: 'tab=layers',
  'layers, a pair opened': 'tab=layers&from=conv2d_1&to=conv2d_2&pair=1,2&pin=3,4',
  channels: 'tab=channels',
  'channels, a channel opened': 'tab=channels&layer=conv2d_1&channel=1',
};

for (const [what, hash] of Object.entries(pages)) {
  test.serial(`at 800 pixels the rail is above the views and nothing is cut off: ${what}`, async t => {
    const {page, settled} = await openViewer(browser, `${server.url}#${hash}`, {
      viewport: {width: 800, height: 1000},
    });
    await settled();
    const tops = await page
      .locator('.rail, .tabs, .app-views, .epoch-bar')
      .evaluateAll(parts => parts.map(part => part.getBoundingClientRect().top));
    t.deepEqual(
      tops,
      tops.toSorted((a, b) => a - b),
      'rail, tabs, views and clock are below one another',
    );
    const cut = await page.locator('.app *').evaluateAll(elements => {
      const scrolls = (element: Element): boolean => {
        for (
          let around = element.parentElement;
          around?.closest('.view, .rail');
          around = around.parentElement
        )
          if (getComputedStyle(around).overflowX !== 'visible' && !around.matches('.view, .rail'))
            return true;
        return false;
      };
      return elements
        .filter(element => {
          const {left, right, width, height} = element.getBoundingClientRect();
          return width > 1 && height > 1 && (right > window.innerWidth + 1 || left < -1) && !scrolls(element);
        })
        .map(element => element.outerHTML.slice(0, 100));
    });
    t.deepEqual(cut, []);
    const sideways = await page
      .locator('.app, .view, .rail, .drawer, .header')
      .evaluateAll((parts: HTMLElement[]) =>
        parts.filter(part => part.scrollWidth > part.clientWidth + 1).map(part => part.className),
      );
    t.deepEqual(sideways, []);
    await page.context().close();
  });
}

test.serial('at 390 pixels every menu of the header opens inside of the window', async t => {
  const {page, settled} = await openViewer(browser, `${server.url}#tab=performance`, {
    viewport: {width: 390, height: 844},
  });
  await settled();
  const openers = page.locator('.header .menu-host > button');
  t.true((await openers.count()) >= 3);
  for (const opener of await openers.all()) {
    await opener.click();
    const menu = page.locator('.header .menu:not([hidden])');
    await menu.waitFor();
    const box = await menu.boundingBox();
    const label = await opener.getAttribute('title');
    t.true(box !== null && box.x >= 0 && box.x + box.width <= 390, `${label}: ${JSON.stringify(box)}`);
    await page.keyboard.press('Escape');
  }
  await page.context().close();
});
