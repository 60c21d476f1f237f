import test from 'ava';
import {ask, box, drag, front, layer, queryRail, reads, result} from '../support/query-rail.js';
import {type ViewerPage} from '../support/viewer-page.js';
import {shows} from '../support/shows.js';

const {open, viewer} = await queryRail();

test.serial(
  'back and forward go through the questions asked, by our buttons and by those of the browser',
  async t => {
    const {page} = await open('&tab=channels&epoch=1');
    const [previous, next] = ['Back', 'Forward'].map(name => page.getByRole('button', {name, exact: true}));
    await shows(t, () => previous!.isDisabled(), true);
    await ask(page, 'H(dCNN(*, joined, *, 1))');
    await ask(page, 'H(label | y)');
    await shows(t, () => next!.isDisabled(), true);
    await previous!.click();
    await reads(page, 'H(dCNN(*, joined, *, 1))');
    await page.getByRole('group', {name: /^Mean entropy of 16 channels of joined/}).waitFor();
    await page.goBack();
    await reads(page, 'H(dCNN(*, stem, *, 1))');
    await result(page).waitFor({state: 'detached'});
    await shows(t, () => previous!.isDisabled(), true);
    await page.goForward();
    await reads(page, 'H(dCNN(*, joined, *, 1))');
    await next!.click();
    await reads(page, 'H(label | y)');
    await page.reload();
    await reads(page, 'H(label | y)');
    await shows(t, () => previous!.isDisabled(), false, 'a reload keeps the place');
    await page.context().close();
  },
);

test.serial('back takes back a layer and a view, and passes over epochs', async t => {
  const {page} = await open('&tab=channels');
  const before = await page.evaluate(() => history.length);
  await layer(page, 'joined').click();
  await page.waitForFunction(() => location.hash.includes('layer=joined'));
  await page.getByRole('slider', {name: 'Epoch'}).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => location.hash.includes('epoch=1'));
  await page.locator('body').press('2');
  await page.waitForFunction(() => location.hash.includes('tab=layers'));
  await shows(t, () => page.evaluate(() => history.length), before + 2);
  await page.goBack();
  await page.locator('.tabs [aria-current]', {hasText: 'Channels'}).waitFor();
  await shows(
    t,
    () => page.evaluate(() => location.hash.includes('epoch=1')),
    true,
    'the epoch as it was left',
  );
  await page.goBack();
  await shows(t, () => page.evaluate(() => location.hash.includes('layer=')), false);
  await page.context().close();
});

test.serial('a link with everything in it opens the same picture', async t => {
  const first = await open('&tab=channels');
  const {page} = first;
  await layer(page, 'encoder').locator('.architecture-row-toggle').click();
  await ask(page, 'H(dCNN(label={0,2}, 1..3, 0..3, *))');
  const [from, to] = [await front(page, 5), await front(page, 7)];
  await drag(page, [from.x, from.top + 10], [to.x, from.top + 10]);
  await reads(page, 'H(dCNN(label={0,2}, branch_pool..branch_3x3, *, *))');
  await page.waitForFunction(() => location.hash.includes('draft='));
  await result(page).locator('canvas').first().waitFor();
  await page.mouse.move(640, 2);
  const picture = async ({page: of, settled: rest}: ViewerPage) => {
    await rest();
    await of.waitForFunction(() => document.querySelector('[aria-busy=true]') === null);
    return Promise.all([
      of.locator('.rail').innerHTML(),
      of.locator('[data-panel=result]').innerText(),
      box(of).inputValue(),
    ]);
  };
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  const hash = await page.evaluate(() => location.hash.slice(1));
  const again = await viewer.open(hash);
  await again.page.locator('[data-panel=result] canvas').first().waitFor();
  const shown = strip(await picture(first));
  await shows(t, async () => strip(await picture(again)), shown);
  await page.context().close();
  await again.page.context().close();
});

/** Ids and the one tab stop differ from page to page. */
function strip(parts: string[]): string[] {
  return parts.map(part => part.replaceAll(/ (id|aria-activedescendant|tabindex)="[^"]*"/g, ''));
}

test.serial('a layer, channel or class chosen anywhere is marked in the rail', async t => {
  const {page} = await open('&tab=channels&layer=joined&channel=5&class=2');
  await layer(page, 'joined').and(page.locator('.architecture-row-current')).waitFor();
  await page.locator('.rail .cube-slab-mark').waitFor({state: 'attached'});
  await shows(t, () => page.locator('.rail .cube-slab-mark').count(), 1);
  const marked = await page
    .locator('.rail .range-strip')
    .evaluateAll(strips => strips.map(strip => strip.getAttribute('data-marked')));
  t.deepEqual(marked, ['2 c', 'epoch 3']);
  await page.context().close();
});
