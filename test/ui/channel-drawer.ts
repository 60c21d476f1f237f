import test from 'ava';
import type {Locator} from 'playwright-core';
import {channelView} from '../support/channel-view.js';
import {shows} from '../support/shows.js';

const {open, meanOf} = await channelView();
const plain = await channelView({projects: false});

test.serial('a channel shows eight samples of its class: input, feature map and projection', async t => {
  const {page, trouble} = await open('zoom=6&channel=3&samples-of=6');
  const drawer = page.locator('.drawer');
  await drawer.locator('canvas[aria-label^="Projection"]').nth(7).waitFor({timeout: 60_000});
  for (const kind of ['Input', 'Feature map', 'Projection']) {
    await shows(t, () => drawer.locator(`canvas[aria-label^="${kind} of sample"]`).count(), 8);
  }
  const captions = await drawer.locator('.sample-rows-caption').allTextContents();
  t.true(captions.every(caption => caption.includes('label 6')));
  await shows(
    t,
    async () => (await coloursOf(drawer.locator('canvas[aria-label^="Projection"]').first())) > 10,
    true,
  );
  const entropy = meanOf(2, 3, 6);
  await shows(
    t,
    () => drawer.locator('header p').textContent(),
    `epoch 2 · class 6 · ${entropy?.mean?.toFixed(3)} bits · n = ${entropy?.n}`,
  );
  await drawer.getByRole('button', {name: 'Show more samples'}).click();
  await drawer.locator('canvas[aria-label^="Input"]').nth(15).waitFor();
  t.deepEqual(trouble, []);
  await page.context().close();
});

test.serial(
  'the drawer goes to the next and the previous channel, and to samples of another class',
  async t => {
    const {page} = await open('channel=0');
    const drawer = page.locator('.drawer');
    await shows(t, () => drawer.getByRole('button', {name: 'Previous channel'}).isDisabled(), true);
    await drawer.getByRole('button', {name: 'Next channel'}).click();
    await drawer.locator('h2', {hasText: 'channel 1'}).waitFor();
    await drawer.getByRole('button', {name: 'Previous channel'}).click();
    await drawer.locator('h2', {hasText: 'channel 0'}).waitFor();
    await drawer.locator('.class-bars-bar', {hasText: /^4\d/}).click();
    await drawer.locator('.sample-rows-caption', {hasText: 'label 4'}).first().waitFor();
    await drawer.getByLabel('Samples of').selectOption('class 2');
    await drawer.locator('.sample-rows-caption', {hasText: 'label 2'}).first().waitFor();
    await page.waitForFunction(() => location.hash.includes('samples-of=2'));
    await drawer.getByRole('button', {name: 'Close channel'}).click();
    await drawer.waitFor({state: 'detached'});
    t.pass();
    await page.context().close();
  },
);

test.serial('without a projector the drawer says why, and still shows the maps', async t => {
  const {page} = await plain.open('channel=3');
  const drawer = page.locator('.drawer');
  await drawer.locator('.channel-samples-no-projection', {hasText: 'This server cannot project'}).waitFor();
  await drawer.locator('canvas[aria-label^="Feature map"]').nth(7).waitFor();
  await shows(t, () => drawer.locator('canvas[aria-label^="Projection"]').count(), 0);
  await shows(
    t,
    async () => (await coloursOf(drawer.locator('canvas[aria-label^="Feature map"]').first())) > 1,
    true,
  );
  await page.context().close();
});

test.serial('a dead channel is said to be dead, and counted under the circles', async t => {
  const {page} = await open('run=small&channel=0');
  const head = page.locator('.drawer header p', {hasText: 'dead: every map is zero, 0 bits'});
  await head.waitFor();
  // Channel 0 is dead in all three classes, and over all samples.
  await page.locator('.circles-panel-marks', {hasText: '4 dead, 0 others of 0 bits'}).waitFor();
  t.pass();
  await page.context().close();
});

/** How many different colours a drawing has. */
function coloursOf(canvas: Locator): Promise<number> {
  return canvas.evaluate(element => {
    const {width, height} = element as HTMLCanvasElement;
    const data = (element as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data;
    return new Set(new Uint32Array(data?.buffer ?? new ArrayBuffer(0))).size;
  });
}
