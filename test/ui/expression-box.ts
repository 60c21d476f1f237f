import test from 'ava';
import {ask, box, queryRail, reads, result} from '../support/query-rail.js';
import {epochShown} from '../support/viewer-page.js';
import {shows} from '../support/shows.js';

const {open} = await queryRail();

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
