import {cp, rm} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {startServer} from 'cnnslicer/server';
import {servedViewer} from '../support/served-viewer.js';
import {shows} from '../support/shows.js';
import {epochShown, openViewer} from '../support/viewer-page.js';

const {logdir, open, browser} = await servedViewer(async folder => {
  for (const name of ['demo', 'other'])
    await cp('test/fixtures/demo-run', join(folder, name), {recursive: true});
});

test.serial('a link with values that are not there says so, and shows what is', async t => {
  const {page} = await open('run=demo&tab=channels&epoch=99&layer=nope&channel=900');
  const notice = page.locator('.notices');
  for (const part of ['no epoch 99, the nearest is 5', 'no layer nope', 'no channel 900'])
    await notice.filter({hasText: part}).waitFor();
  t.is(await epochShown(page), '5');
  t.is(await page.locator('.drawer').count(), 0);
  await page.waitForFunction(() => !location.hash.includes('900'));
  await notice.getByRole('button', {name: 'Dismiss'}).click();
  await notice.waitFor({state: 'detached'});
  await page.context().close();
});

test.serial('a run deleted while it is shown is reported as that', async t => {
  await cp('test/fixtures/demo-run', join(logdir, 'passing'), {recursive: true});
  const {page} = await open('run=passing&run=other');
  await page.locator('.run-strip-chip').nth(1).waitFor();
  await rm(join(logdir, 'passing'), {recursive: true});
  await page.locator('.notices', {hasText: 'Run passing has been deleted'}).waitFor();
  t.false(((await page.locator('.notices').textContent()) ?? '').includes('link'));
  await page.context().close();
});

test.serial('page keys rest while a menu is open, wherever the focus is', async t => {
  const {page} = await open('run=demo&tab=channels&epoch=2');
  await page.getByRole('button', {name: 'Export', exact: true}).click();
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  for (const key of ['1', 'ArrowLeft', '[', ' ']) await page.keyboard.press(key);
  t.is(await epochShown(page), '2');
  await shows(t, () => page.evaluate(() => location.hash), '#run=demo&epoch=2&tab=channels');
  await page.keyboard.press('Escape');
  await page.locator('.menu:not([hidden])').waitFor({state: 'detached'});
  await page.keyboard.press('ArrowLeft');
  await shows(t, () => epochShown(page), '1');
  await page.context().close();
});

test.serial('the export menu of a panel at the foot of the page opens within the window', async t => {
  const {page, settled} = await open('run=demo&tab=performance', {viewport: {width: 1280, height: 700}});
  await settled();
  const exporting = page.getByRole('button', {name: /^Export /});
  const menus = page.locator('.panel .menu-host').filter({has: exporting});
  t.true((await menus.count()) >= 4);
  for (const menu of await menus.all()) {
    await menu.getByRole('button').first().click();
    const item = menu.locator('.menu-item').last();
    await item.click({trial: true}); // nothing covers it
    const box = await item.boundingBox();
    t.true(box !== null && box.y >= 0 && box.y + box.height <= 700, JSON.stringify(box));
    await page.keyboard.press('Escape');
  }
  await page.context().close();
});

test.serial('a question longer than a server takes is answered by a sentence', async t => {
  const {page} = await open('run=demo&tab=performance');
  for (const length of [1200, 4000]) {
    const list = Array.from({length}, (_, i) => i).join(',');
    await page.locator('#expression').fill(`H(dCNN({${list}}, conv2d_1, *, *))`);
    await page.keyboard.press('Enter');
    const result = page.locator('[data-panel=result]');
    await result.getByText(/at most 4000 characters|is too long/).waitFor();
    t.false((await result.innerText()).includes('still running'));
  }
  await page.context().close();
});

test.serial(
  'a server that is gone is reported for a finished run, and failed panels come back with it',
  async t => {
    const first = await startServer({logdir, port: 0});
    const {page} = await openViewer(browser, `${first.url}#run=demo&tab=performance`);
    const {port} = new URL(first.url);
    await first.close();
    await page.locator('.epoch-bar', {hasText: 'no server'}).waitFor();
    await page.locator('body').press('3');
    await page.getByRole('button', {name: 'Try again'}).first().waitFor();
    const second = await startServer({logdir, port: Number(port)});
    await page.locator('.multiples-chart canvas').first().waitFor();
    await shows(t, () => page.getByRole('button', {name: 'Try again'}).count(), 0);
    await shows(t, () => page.locator('.epoch-bar', {hasText: 'no server'}).count(), 0);
    await page.context().close();
    await second.close();
  },
);
