import test from 'ava';
import {cube, layer, queryRail, reads} from '../support/query-rail.js';
import {epochShown} from '../support/viewer-page.js';
import {shows} from '../support/shows.js';

const {open} = await queryRail();

test.serial(
  'the overview draws every layer with type, output shape and parameters, captured ones solid',
  async t => {
    const {page, trouble} = await open();
    await shows(t, () => page.getByRole('treeitem').count(), 17);
    await shows(
      t,
      async () => /Conv2D · 12×12×6 · 222/.test(await layer(page, 'branch_3x3').innerText()),
      true,
    );
    await shows(
      t,
      () =>
        page
          .locator('.architecture-row.architecture-row-faint .architecture-row-name .visually-hidden')
          .innerText(),
      'norm',
    );
    await shows(
      t,
      () => page.locator('.architecture-row .sparkline').count(),
      16,
      'captured layers show their entropy over time',
    );
    await layer(page, 'joined').hover();
    const tooltip = await page.locator('.tooltip').innerText();
    t.regex(
      tooltip,
      /joined[^]+Concatenate[^]+12×12×16[^]+captured\s+yes[^]+mean entropy, epoch 3\s+\d\.\d{3} bits/,
    );
    t.deepEqual(trouble, []);
    await page.context().close();
  },
);

test.serial('branches are drawn in separate lanes, and meet where they are joined', async t => {
  const {page} = await open();
  const lane = (name: string) => layer(page, name).locator('.lanes-svg circle').getAttribute('cx');
  const branches = await Promise.all(
    ['branch_1x1', 'branch_3x3', 'branch_5x5', 'branch_pool_proj'].map(lane),
  );
  t.is(new Set(branches).size, 4);
  await shows(t, () => lane('joined'), await lane('encoder'));
  await page.context().close();
});

test.serial('a click on a layer chooses it, and the question is one of it', async t => {
  const {page, trouble} = await open('&tab=channels');
  await reads(page, 'H(dCNN(*, stem, *, 3))');
  await layer(page, 'narrow').click();
  await reads(page, 'H(dCNN(*, narrow, *, 3))');
  await page.getByRole('group', {name: /^Mean entropy of 8 channels of narrow/}).waitFor();
  await shows(t, () => page.locator('.architecture-row.architecture-row-current').count(), 1);
  await shows(t, () => layer(page, 'narrow').getAttribute('aria-selected'), 'true');
  await page.waitForFunction(() => location.hash.includes('layer=narrow'));
  await layer(page, 'norm').click({force: true});
  await reads(page, 'H(dCNN(*, narrow, *, 3))');
  await shows(
    t,
    () => layer(page, 'norm').getAttribute('aria-disabled'),
    'true',
    'what was not captured cannot be asked',
  );
  t.deepEqual(trouble, []);
  await page.context().close();
});

test.serial('a second layer makes a pair, and the layer view shows its capacity', async t => {
  const {page} = await open();
  await layer(page, 'joined').click();
  await layer(page, 'stem').click({modifiers: ['Shift']});
  await page.getByRole('application', {name: /^Channel capacity of stem and joined/}).waitFor();
  await reads(page, 'C(dCNN(*, stem, *, 3), dCNN(*, joined, *, 3))');
  await shows(t, () => layer(page, 'stem').locator('b').innerText(), 'A');
  await shows(t, () => layer(page, 'joined').locator('b').innerText(), 'B');
  await page.context().close();
});

test.serial('layers are found by a part of their name or type, those inside a model too', async t => {
  const {page} = await open();
  const search = page.getByRole('searchbox', {name: 'Find a layer by name or type'});
  await search.fill('encoder_');
  await shows(t, () => page.getByRole('treeitem').count(), 2);
  await search.fill('5x5');
  await shows(t, () => page.getByRole('treeitem').count(), 2);
  await search.press('Enter');
  await page.waitForFunction(() => location.hash.includes('layer=branch_5x5_reduce'));
  await search.fill('nothing like it');
  await page.getByText('No layer matches.').waitFor();
  await search.press('Escape');
  await shows(t, () => page.getByRole('treeitem').count(), 17);
  await page.context().close();
});

test.serial('a model inside the model opens into its layers, and the address keeps it open', async t => {
  const {page} = await open();
  await layer(page, 'encoder').locator('.architecture-row-toggle').click();
  await layer(page, 'encoder/encoder_conv_2').waitFor();
  await shows(t, () => layer(page, 'encoder/encoder_conv_2').getAttribute('aria-level'), '2');
  await page.waitForFunction(() => location.hash.includes('block=encoder'));
  await layer(page, 'encoder').locator('.architecture-row-toggle').click();
  await layer(page, 'encoder/encoder_conv_2').waitFor({state: 'detached'});
  await shows(t, () => page.getByRole('treeitem').count(), 17);
  await page.context().close();
});

test.serial(
  'the keyboard alone walks the overview, opens a model, chooses a layer and makes a pair',
  async t => {
    const {page} = await open();
    await page.getByRole('searchbox').focus();
    await page.keyboard.press('Tab');
    for (const key of ['Home', 'ArrowDown', 'ArrowDown', 'ArrowRight']) await page.keyboard.press(key);
    await layer(page, 'encoder/encoder_conv_1').waitFor();
    for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowLeft']) await page.keyboard.press(key);
    await layer(page, 'encoder/encoder_conv_1').waitFor({state: 'detached'});
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => location.hash.includes('layer=encoder'));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+Enter');
    await page
      .getByRole('application', {name: /^Channel capacity of encoder and branch_3x3_reduce/})
      .waitFor();
    await shows(t, () => epochShown(page), '3', 'the clock stays where it is');
    await page.context().close();
  },
);

test.serial('a model of 151 layers is read in blocks of the same extents, which open', async t => {
  const {page, trouble} = await open('&layer=stage3_block2_add', {}, 'large');
  await shows(t, () => page.getByRole('treeitem').count(), 7);
  const block = layer(page, 'maps of 4×4').and(
    page.locator('.architecture-row-current', {hasText: '37 layers'}),
  );
  await block.waitFor(); // the chosen layer is in it
  await layer(page, 'maps of 4×4').click();
  await shows(t, () => page.getByRole('treeitem').count(), 44);
  await layer(page, 'stage3_block2_add').waitFor();
  await page.waitForFunction(() => {
    const [row, tree] = ['.architecture-row.architecture-row-current', '.architecture-panel-tree'].map(name =>
      document.querySelector(name)?.getBoundingClientRect(),
    );
    return row && tree && row.top >= tree.top - 1 && row.bottom <= tree.bottom + 1;
  });
  t.deepEqual(trouble, []);
  await page.context().close();
});

test.serial('the rail collapses to icons and opens again, and the address keeps it', async t => {
  const {page} = await open();
  await page.getByRole('button', {name: 'Collapse the query rail'}).click();
  await page.getByRole('tree').waitFor({state: 'detached'});
  await page.waitForFunction(() => location.hash.includes('rail=icons'));
  await shows(t, async () => (await page.locator('.rail').boundingBox())!.width < 60, true);
  await page.getByRole('button', {name: 'Show the hypercube'}).click();
  await cube(page).waitFor();
  await page.context().close();
});

for (const [width, height] of [
  [1280, 800],
  [1920, 1080],
] as const) {
  test.serial(`nothing of the rail overlaps or is cut off at ${width} pixels`, async t => {
    for (const run of ['run', 'large']) {
      const {page} = await open('', {viewport: {width, height}}, run);
      const boxes = await page.locator('.rail-section').evaluateAll(sections =>
        sections.map(section => {
          const {top, bottom} = section.getBoundingClientRect();
          return {top, bottom};
        }),
      );
      const [architecture, hypercube] = boxes;
      t.true(architecture!.bottom <= hypercube!.top + 1);
      t.true(hypercube!.bottom <= (await page.locator('.epoch-bar').boundingBox())!.y + 1);
      const wide = await page.locator('.rail *').evaluateAll(elements =>
        elements
          // A hypercube of many layers scrolls.
          .filter(element => !element.closest('dialog') && !element.parentElement?.closest('.cube'))
          .filter(element => element.getBoundingClientRect().right > 300)
          .map(element => element.outerHTML.slice(0, 80)),
      );
      t.deepEqual(wide, []);
      await page.context().close();
    }
  });
}
