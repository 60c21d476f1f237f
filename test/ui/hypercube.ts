import test from 'ava';
import {cube, drag, front, layer, queryRail, reads, result, sweep} from '../support/query-rail.js';
import {epochShown} from '../support/viewer-page.js';
import {shows} from '../support/shows.js';

const {open} = await queryRail();

test.serial('a drag along the slabs of the hypercube selects layers, and the notation follows', async t => {
  const {page, trouble} = await open('&tab=channels');
  const [first, last] = [await front(page, 3), await front(page, 6)];
  await drag(page, [first.x, first.top + 10], [last.x, first.top + 12]);
  await reads(page, 'H(dCNN(*, branch_3x3_reduce..branch_1x1, *, 3))');
  await shows(t, () => page.locator('.rail .cube .cube-slab[data-in-cut]').count(), 4, 'the cut is shaded');
  await shows(
    t,
    () => page.locator('.architecture-row.architecture-row-in-cut').count(),
    4,
    'and marked in the overview',
  );
  await shows(
    t,
    () => page.locator('.hypercube-axis-words').first().innerText(),
    'branch_3x3_reduce..branch_1x1 · all channels',
  );
  t.deepEqual(trouble, []);
  await page.context().close();
});

test.serial('a box over slabs and rows selects layers and channels of them', async t => {
  const {page} = await open('&tab=channels');
  const [one, other] = [await front(page, 1), await front(page, 2)];
  // Rows are on a square-root scale up to the 16 of the widest layer.
  const row = (index: number, {top}: {top: number}, height: number) =>
    top + height * Math.sqrt((index + 0.5) / 16);
  const height = (one.bottom - one.top) / Math.sqrt(8 / 16);
  await drag(page, [one.x, row(2, one, height)], [other.x, row(5, one, height)]);
  await reads(page, 'H(dCNN(*, stem..encoder, 2..5, 3))');
  await shows(t, () => page.locator('.rail .cube .cube-cut').count(), 2);
  await page.context().close();
});

test.serial('a click on a slab chooses its layer', async t => {
  const {page} = await open('&tab=channels');
  const {x, top} = await front(page, 11);
  await page.mouse.click(x, top + 5);
  await page.waitForFunction(() => location.hash.includes('layer=narrow'));
  await layer(page, 'narrow').and(page.locator('.architecture-row-current')).waitFor();
  t.pass();
  await page.context().close();
});

test.serial(
  'in the hypercube arrow keys select layers and channels, Shift extends, Escape takes everything',
  async t => {
    const {page} = await open('&tab=channels');
    await cube(page).focus();
    await page.keyboard.press('ArrowRight');
    await reads(page, 'H(dCNN(*, encoder, *, 3))');
    await page.keyboard.press('Shift+ArrowRight');
    await reads(page, 'H(dCNN(*, encoder..branch_3x3_reduce, *, 3))');
    for (const key of ['ArrowDown', 'ArrowDown', 'Shift+ArrowDown']) await page.keyboard.press(key);
    await reads(page, 'H(dCNN(*, encoder..branch_3x3_reduce, 1..2, 3))');
    await shows(t, () => epochShown(page), '3', 'the clock stays where it is');
    await page.keyboard.press('Escape');
    await reads(page, 'H(dCNN(*, *, *, 3))');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await result(page)
      .getByText(/intra-sample entropy/)
      .waitFor();
    await page.context().close();
  },
);

test.serial('classes are cut by a drag or the arrow keys, and taken together again', async t => {
  const {page} = await open('&tab=channels');
  const classes = page.getByRole('application', {name: /^Classes/});
  await sweep(page, classes, 1, 2);
  await reads(page, 'H(dCNN(label=1..2, stem, *, 3))');
  await shows(t, () => classes.getAttribute('data-selected'), '2');
  await classes.focus();
  await page.keyboard.press('ArrowLeft');
  await reads(page, 'H(dCNN(label=1, stem, *, 3))');
  await page.keyboard.press('Shift+ArrowLeft');
  await reads(page, 'H(dCNN(label=0..1, stem, *, 3))');
  await page.getByRole('button', {name: 'Take all classes together'}).click();
  await reads(page, 'H(dCNN(*, stem, *, 3))');
  await shows(t, () => classes.getAttribute('data-selected'), '0');
  await page.context().close();
});

test.serial('epochs are cut by a drag or the arrow keys, and taken all again', async t => {
  const {page} = await open('&tab=channels');
  const epochs = page.getByRole('application', {name: /^Epochs/});
  await sweep(page, epochs, 0, 2);
  await reads(page, 'H(dCNN(*, stem, *, 0..2))');
  await epochs.focus();
  await page.keyboard.press('ArrowLeft');
  await reads(page, 'H(dCNN(*, stem, *, 1))');
  await page.keyboard.press('Shift+ArrowRight');
  await reads(page, 'H(dCNN(*, stem, *, 1..2))');
  await page.keyboard.press('Escape');
  await reads(page, 'H(dCNN(*, stem, *, *))');
  await shows(t, () => epochs.getAttribute('data-selected'), '4');
  await page.context().close();
});

test.serial('another measure is asked of the same cut', async t => {
  const {page} = await open('&tab=channels&class=1');
  const measure = page.getByRole('combobox', {name: 'Measure'});
  await measure.selectOption({label: 'Hx, entropy of samples'});
  await reads(page, 'Hx(dCNN(label=1, stem, *, 3))');
  await measure.selectOption({label: 'H(y | label)'});
  await reads(page, 'H(y | label=1, epoch=3)');
  await shows(t, () => page.locator('.hypercube-axis-words').first().innerText(), 'from the predictions');
  await page.context().close();
});

test.serial('enlarged, the hypercube cuts the same question and asks it', async t => {
  const {page} = await open('&tab=channels');
  await page.getByRole('button', {name: 'Enlarge the hypercube'}).click();
  const dialog = page.getByRole('dialog', {name: 'Hypercube, enlarged'});
  await dialog.getByRole('application', {name: /^Hypercube/}).focus();
  await page.keyboard.press('ArrowRight');
  await dialog.getByText('H(dCNN(*, encoder, *, 3))').waitFor();
  await dialog.getByRole('button', {name: 'Query'}).click();
  await result(page).waitFor();
  await shows(t, () => dialog.isVisible(), false);
  await page.context().close();
});
