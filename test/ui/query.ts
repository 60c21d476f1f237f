import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import type {BrowserContextOptions, Locator, Page} from 'playwright-core';
import {servedViewer} from '../support/served-viewer.js';
import {branchingModel, modelInfo, residualModel} from '../support/model-run.js';
import {epochShown, openViewer, type ViewerPage} from '../support/viewer-page.js';
import {writeRun} from '../support/written-run.js';
import {shows} from '../support/shows.js';

const {server, browser} = await servedViewer(async logdir => {
  await writeRun(join(logdir, 'run'), {epochs: [0, 1, 2, 3], info: modelInfo(branchingModel())});
  await writeRun(join(logdir, 'large'), {
    epochs: [0, 1],
    info: {...modelInfo(residualModel(9)), name: 'large'},
  });
});

async function open(hash = '', options: BrowserContextOptions = {}, run = 'run') {
  const opened = await openViewer(browser, `${server.url}#run=${run}${hash}`, options);
  await opened.page.getByRole('treeitem').first().waitFor();
  return opened;
}

const box = (page: Page) => page.getByRole('combobox', {name: 'Expression in the notation'});
const layer = (page: Page, name: string) => page.getByRole('treeitem', {name: new RegExp(`^${name}\\b`)});
const cube = (page: Page) => page.getByRole('application', {name: /^Hypercube/});
const result = (page: Page) => page.getByRole('region', {name: 'Result', exact: true});

/** Waits until the box reads so. */
async function reads(page: Page, expression: string): Promise<void> {
  await page
    .waitForFunction(
      wanted => document.querySelector<HTMLInputElement>('#expression')?.value === wanted,
      expression,
      {timeout: 10_000},
    )
    .catch(async () => {
      throw new Error(`The box reads ${await box(page).inputValue()} and not ${expression}.`);
    });
}

async function ask(page: Page, expression: string): Promise<void> {
  await box(page).fill(expression);
  await page.keyboard.press('Enter');
  await page.waitForFunction(
    wanted => new URLSearchParams(location.hash.slice(1)).get('query') === wanted,
    expression,
  );
}

/** Where the hypercube draws the front of a slab, and the rows of it, in the window. */
async function front(page: Page, slab: number): Promise<{x: number; top: number; bottom: number}> {
  const {x, y, width, height} = (await cube(page).locator('.cube-slab-front').nth(slab).boundingBox())!;
  return {x: x + width / 2, top: y, bottom: y + height};
}

async function drag(page: Page, from: [number, number], to: [number, number]): Promise<void> {
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move((from[0] + to[0]) / 2, (from[1] + to[1]) / 2);
  await page.mouse.move(...to);
  await page.mouse.up();
}

/** Drags over the cells of a strip. */
async function sweep(page: Page, strip: Locator, from: number, to: number): Promise<void> {
  const middle = async (cell: number): Promise<[number, number]> => {
    const {x, y, width, height} = (await strip.getByRole('option').nth(cell).boundingBox())!;
    return [x + width / 2, y + height / 2];
  };
  await drag(page, await middle(from), await middle(to));
}

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
  const classes = page.getByRole('listbox', {name: 'Classes'});
  await sweep(page, classes, 1, 2);
  await reads(page, 'H(dCNN(label=1..2, stem, *, 3))');
  await shows(t, () => classes.getByRole('option', {selected: true}).count(), 2);
  await classes.focus();
  await page.keyboard.press('ArrowLeft');
  await reads(page, 'H(dCNN(label=1, stem, *, 3))');
  await page.keyboard.press('Shift+ArrowLeft');
  await reads(page, 'H(dCNN(label=0..1, stem, *, 3))');
  await page.getByRole('button', {name: 'Take all classes together'}).click();
  await reads(page, 'H(dCNN(*, stem, *, 3))');
  await shows(t, () => classes.getByRole('option', {selected: true}).count(), 0);
  await page.context().close();
});

test.serial('epochs are cut by a drag or the arrow keys, and taken all again', async t => {
  const {page} = await open('&tab=channels');
  const epochs = page.getByRole('listbox', {name: 'Epochs'});
  await sweep(page, epochs, 0, 2);
  await reads(page, 'H(dCNN(*, stem, *, 0..2))');
  await epochs.focus();
  await page.keyboard.press('ArrowLeft');
  await reads(page, 'H(dCNN(*, stem, *, 1))');
  await page.keyboard.press('Shift+ArrowRight');
  await reads(page, 'H(dCNN(*, stem, *, 1..2))');
  await page.keyboard.press('Escape');
  await reads(page, 'H(dCNN(*, stem, *, *))');
  await shows(t, () => epochs.getByRole('option', {selected: true}).count(), 4);
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
  await dialog.getByRole('application').focus();
  await page.keyboard.press('ArrowRight');
  await dialog.getByText('H(dCNN(*, encoder, *, 3))').waitFor();
  await dialog.getByRole('button', {name: 'Query'}).click();
  await result(page).waitFor();
  await shows(t, () => dialog.isVisible(), false);
  await page.context().close();
});

test.serial(
  'while one types, what may follow is offered: arrows choose it, Enter takes it, Escape closes the list',
  async t => {
    const {page, trouble} = await open();
    await page.keyboard.press('/');
    await shows(t, () => box(page).evaluate(element => element === document.activeElement), true);
    await box(page).fill('');
    await page.keyboard.type('H(d');
    const list = page.getByRole('listbox', {name: 'What may follow'});
    await list.getByRole('option', {name: 'dCNN('}).waitFor();
    await page.keyboard.press('ArrowDown');
    await shows(
      t,
      () => box(page).getAttribute('aria-activedescendant'),
      await list.getByRole('option').first().getAttribute('id'),
    );
    await page.keyboard.press('Enter');
    await page.keyboard.type('*, 3x3');
    await shows(t, () => list.getByRole('option').locator('code').allInnerTexts(), [
      'branch_3x3_reduce',
      'branch_3x3',
    ]);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Tab');
    await reads(page, 'H(dCNN(*, branch_3x3');
    await page.keyboard.type(', ');
    await list.getByRole('option', {name: '0..5'}).click();
    await page.keyboard.type(', 2), ');
    await list.getByRole('option', {name: 'bins='}).waitFor();
    await page.keyboard.press('Escape');
    await list.waitFor({state: 'hidden'});
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Backspace');
    await page.keyboard.type(')');
    await page.keyboard.press('Enter');
    await page.getByRole('group', {name: /^Mean entropy of 6 channels of branch_3x3/}).waitFor();
    await shows(t, () => epochShown(page), '2');
    t.deepEqual(trouble, []);
    await page.context().close();
  },
);

test.serial(
  'what is not in the notation is reported with its column and underlined, and cannot be asked',
  async t => {
    const {page} = await open();
    await box(page).fill('H(dCNN(*, stem, *, 0), bin=8)');
    await page.keyboard.press('Escape');
    const problem = page.getByRole('alert');
    await shows(
      t,
      async () => /^column 24: there is no option "bin" here; write bins\.$/.test(await problem.innerText()),
      true,
    );
    await shows(t, () => page.locator('.expression-box-underline mark').textContent(), 'bin');
    await shows(t, () => box(page).getAttribute('aria-invalid'), 'true');
    await shows(t, () => page.getByRole('button', {name: 'Query', exact: true}).isDisabled(), true);
    await box(page).fill('H(dCNN(*, stem, *, 0), bins=8)');
    await problem.waitFor({state: 'detached'});
    await page.context().close();
  },
);

test.serial('what the run does not have is reported in the words of the server', async t => {
  const {page} = await open();
  await ask(page, 'H(dCNN(*, stam, *, 0))');
  await page.getByText('The run has no layer "stam". Did you mean stem?').first().waitFor();
  await shows(t, () => box(page).getAttribute('aria-invalid'), 'true');
  await ask(page, 'H(dCNN(*, stem, *, 0))');
  await result(page)
    .getByText(/8 values/)
    .waitFor();
  await shows(t, () => box(page).getAttribute('aria-invalid'), 'false');
  await page.context().close();
});

test.serial('Query makes every view show what is asked', async t => {
  const {page, trouble} = await open();
  const tab = () => page.getByRole('navigation', {name: 'Views'}).locator('[aria-current=page]').innerText();
  await ask(page, 'C(dCNN(label=1, stem, 2, 1), dCNN(label=1, joined, 4, 1))');
  await page.getByRole('heading', {name: 'stem · 2 and joined · 4'}).waitFor();
  await shows(t, () => tab(), 'Layers');
  await shows(t, () => epochShown(page), '1');
  await ask(page, 'H(dCNN(label=2, joined, *, 2))');
  await page.getByRole('group', {name: /^Mean entropy of 16 channels of joined/}).waitFor();
  await shows(t, () => tab(), 'Channels');
  await shows(t, () => epochShown(page), '2');
  await ask(page, 'H(label | y=1)');
  await page.locator('[data-panel=confusion]').waitFor();
  await shows(t, () => tab(), 'Performance');
  await shows(
    t,
    () => page.locator('.range-strip .range-strip-marked[aria-label="1 b"]').count(),
    1,
    'the class is marked in the rail',
  );
  await ask(page, 'dCNN(label=0, narrow, 3, 2)');
  await page.getByRole('heading', {name: 'narrow · channel 3'}).waitFor();
  await result(page).getByRole('img', {name: 'Map of sample 0'}).waitFor();
  t.deepEqual(
    trouble.filter(text => !text.includes('501')),
    [],
  );
  await page.context().close();
});

test.serial('the answer is drawn as fits it, beside its rows', async t => {
  const {page} = await open();
  await ask(page, 'H(dCNN(*, stem, 3, 2))');
  await shows(
    t,
    async () => /^\d\.\d{3} bits/.test(await result(page).locator('.result-chart-number').innerText()),
    true,
  );
  await ask(page, 'mean(H(dCNN(*, 1..3, *, *)) over channel)');
  await result(page).locator('.line-chart canvas').waitFor();
  await shows(t, () => result(page).locator('tbody tr').count(), 12);
  await ask(page, 'mean(H(dCNN(*, 1..3, *, 2)) over channel)');
  await result(page)
    .getByRole('group', {name: /mean over channel/})
    .waitFor();
  await ask(page, 'H(dCNN(*, 1..2, *, 2))');
  const cells = result(page).locator('canvas');
  await cells.hover({position: {x: 300, y: 40}});
  await shows(
    t,
    async () =>
      /^layer (stem|encoder)\s+channel \d\s+\d\.\d{3} bits/.test(await page.locator('.tooltip').innerText()),
    true,
  );
  await page.context().close();
});

test.serial('the answer is saved as CSV and JSON, and its query copied', async t => {
  const {page} = await open();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await ask(page, 'H(dCNN(*, stem, *, 2))');
  const saved = async (format: string) => {
    await result(page).getByRole('button', {name: 'Export Result'}).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      result(page).getByRole('button', {name: format, exact: true}).click(),
    ]);
    return readFile(await download.path(), 'utf8');
  };
  const lines = (await saved('CSV'))
    .trim()
    .split('\n')
    .filter(line => !line.startsWith('#'));
  t.is(lines.length, 9);
  t.regex(lines[0] ?? '', /^epoch,layer,channel,bits,/);
  t.is((JSON.parse(await saved('JSON')) as {rows: unknown[]}).rows.length, 8);
  await result(page)
    .getByRole('button', {name: /^Copy the quer/})
    .click();
  await shows(t, () => page.evaluate(() => navigator.clipboard.readText()), 'H(dCNN(*, stem, *, 2))');
  await page.context().close();
});

test.serial('closing the answer lets the box follow the view again', async t => {
  const {page} = await open('&tab=channels');
  await ask(page, 'Hx(dCNN(*, stem, *, 2))');
  await result(page).getByRole('button', {name: 'Close the result'}).click();
  await result(page).waitFor({state: 'detached'});
  await reads(page, 'H(label | y)');
  await page.keyboard.press('3');
  await reads(page, 'H(dCNN(*, stem, *, 2))');
  await page.keyboard.press('ArrowLeft');
  await reads(page, 'H(dCNN(*, stem, *, 1))');
  t.pass();
  await page.context().close();
});

test.serial(
  'back and forward go through the questions asked, by our buttons and by those of the browser',
  async t => {
    const {page} = await open('&tab=channels&epoch=1');
    const [previous, next] = ['Previous query', 'Next query'].map(name => page.getByRole('button', {name}));
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

test.serial('other changes do not fill the history', async t => {
  const {page} = await open('&tab=channels');
  const before = await page.evaluate(() => history.length);
  await layer(page, 'joined').click();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('2');
  await page.waitForFunction(() => location.hash.includes('tab=layers'));
  await shows(t, () => page.evaluate(() => history.length), before);
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
  const again = await openViewer(browser, `${server.url}#${hash}`);
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
    .locator('.rail .range-strip .range-strip-marked')
    .evaluateAll(cells => cells.map(cell => cell.getAttribute('aria-label')));
  t.deepEqual(marked, ['2 c', 'epoch 3']);
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
      const wide = await page
        .locator('.rail *')
        .evaluateAll(elements =>
          elements
            .filter(element => element.getBoundingClientRect().right > 300 && !element.closest('dialog'))
            .map(element => element.outerHTML.slice(0, 80)),
        );
      t.deepEqual(wide, []);
      await page.context().close();
    }
  });
}
