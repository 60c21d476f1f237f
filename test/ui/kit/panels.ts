import {join} from 'node:path';
import test from 'ava';
import type {Page} from 'playwright-core';
import {servedViewer} from '../../support/served-viewer.js';
import {openViewer, savedPanel} from '../../support/viewer-page.js';
import {writeRun} from '../../support/written-run.js';
import {shows} from '../../support/shows.js';

const {server, browser} = await servedViewer(logdir => writeRun(join(logdir, 'run'), {epochs: [0, 1, 2]}));

const open = (tab: string, hash = '') =>
  openViewer(browser, `${server.url}#run=run&tab=${tab}${hash}`, {
    permissions: ['clipboard-read', 'clipboard-write'],
    viewport: {width: 1400, height: 1000},
  });

/** The panels of a view that have something to give, by their titles. */
async function titlesOf(page: Page): Promise<string[]> {
  const tools = page.locator('.panel-tools');
  await tools.nth((await page.locator('.panel').count()) - 1).waitFor();
  return page.locator('.panel:has(.panel-tools) h2').allTextContents();
}

const panelsOf = {
  performance: ['Confusion matrix', 'Class entropies', 'Layer measures', 'Training'],
  layers: ['Channel capacity, conv2d_1 and dense_1', 'Over time', 'Over depth'],
  channels: ['Channels by class', 'Channels over time', 'Classes compared', 'Classes in every layer'],
};

for (const [tab, titles] of Object.entries(panelsOf)) {
  test.serial(`${tab}: every panel copies the query or the address that gives its numbers`, async t => {
    const {page, trouble} = await open(tab);
    await shows(t, () => titlesOf(page), titles);
    for (const title of titles) {
      await page.getByRole('button', {name: new RegExp(`^Copy the (query|address) of ${title}$`)}).click();
      await page
        .getByRole('button', {name: new RegExp(`^Copied the (query|address) of ${title}$`)})
        .waitFor();
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      for (const line of copied.split('\n')) {
        const query = `${server.url}api/runs/run/query?expression=${encodeURIComponent(line)}`;
        const answer = await fetch(line.startsWith('http') ? line : query);
        t.is(answer.status, 200, `${title}: ${line}`);
        const rows = ((await answer.json()) as {rows: number | unknown[]}).rows;
        t.true((typeof rows === 'number' ? rows : rows.length) > 0, `${title}: ${line}`);
      }
    }
    t.deepEqual(trouble, []);
    await page.context().close();
  });

  test.serial(`${tab}: every panel is saved as picture and numbers, drawings also as SVG`, async t => {
    for (const title of titles) {
      // Chromium asks before a page saves more than ten files.
      const {page, trouble} = await open(tab);
      const png = await savedPanel(page, title, 'PNG');
      t.is(png.bytes.subarray(1, 4).toString(), 'PNG', title);
      const {rows, from} = JSON.parse((await savedPanel(page, title, 'JSON')).bytes.toString()) as {
        rows: unknown[];
        from: string[];
      };
      const lines = (await savedPanel(page, title, 'CSV')).bytes.toString().trimEnd().split('\n');
      t.is(lines.length, rows.length + 1, title);
      t.true(from.every(text => /^(http|mean\(|H|C)/.test(text)) && from.length > 0, title);
      const svg = (await savedPanel(page, title, 'SVG')).bytes.toString();
      t.true(svg.startsWith('<svg') && svg.includes(title), title);
      t.regex(svg, /<(path|rect|circle) /, title);
      t.deepEqual(trouble, []);
      await page.context().close();
    }
  });
}

test.serial('a copy that the browser refuses is reported, with the text that was to be copied', async t => {
  const {page} = await open('performance');
  const session = await page.context().newCDPSession(page);
  const {targetInfo} = await session.send('Target.getTargetInfo');
  const {browserContextId} = targetInfo;
  const permission = {name: 'clipboard-write'};
  await session.send('Browser.setPermission', {permission, setting: 'denied', browserContextId});
  await page.getByRole('button', {name: 'Copy the query of Layer measures'}).click();
  const failure = page.getByRole('alert').filter({hasText: 'Nothing was copied: '});
  await failure.filter({hasText: 'This is the text: Hx(dCNN(*, *, *, 2))'}).waitFor();

  await session.send('Browser.setPermission', {permission, setting: 'granted', browserContextId});
  await page.getByRole('button', {name: 'Copy the query of Layer measures'}).click();
  await page.getByRole('button', {name: 'Copied the query of Layer measures'}).waitFor();
  t.is(await failure.count(), 0, 'what worked since is not reported as a failure');
  await page.context().close();
});

test.serial('a picture that the browser cannot make is reported, until it is dismissed', async t => {
  const {page, trouble} = await open('performance');
  // What a canvas gives where it is larger than the browser can encode.
  await page.evaluate(() => (HTMLCanvasElement.prototype.toBlob = give => give(null)));
  await page.getByRole('button', {name: 'Export Training'}).click();
  await page.getByRole('region', {name: 'Training'}).getByRole('button', {name: 'PNG', exact: true}).click();
  const failure = page.getByRole('alert').filter({
    hasText: 'Training was not saved as PNG: the picture is too large for this browser.',
  });
  await failure.getByRole('button', {name: 'Dismiss'}).click();
  await failure.waitFor({state: 'detached'});
  t.deepEqual(trouble, []);
  await page.context().close();
});

test.serial('a maximised panel fills the view, also from a link, until Escape', async t => {
  const {page} = await open('performance');
  const charts = page.locator('[data-panel=layer-measures] canvas');
  const isDrawn = () => charts.evaluate(canvas => canvas.style.height !== '');
  await shows(t, isDrawn, true, 'its size is known once it is drawn');
  const before = (await charts.boundingBox())?.height ?? 0;
  await page.getByRole('button', {name: 'Layer measures in full size'}).click();
  await page.getByRole('region', {name: 'Training'}).waitFor({state: 'hidden'});
  await shows(t, async () => ((await charts.boundingBox())?.height ?? 0) > 2 * before, true);
  await page.waitForFunction(() => location.hash.includes('full=layer-measures'));
  await page.locator('body').press('Escape');
  await page.getByRole('region', {name: 'Training'}).waitFor();
  await shows(t, async () => (await charts.boundingBox())?.height, before);
  await page.context().close();
  const again = await open('channels', '&full=channel-circles');
  await shows(t, () => again.page.locator('.panel:visible h2').allTextContents(), ['Channels by class']);
  await again.page.context().close();
});
