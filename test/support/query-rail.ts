import {join} from 'node:path';
import type {BrowserContextOptions, Locator, Page} from 'playwright-core';
import {branchingModel, modelInfo, residualModel} from './model-run.js';
import {servedViewer, type ServedViewer} from './served-viewer.js';
import type {ViewerPage} from './viewer-page.js';
import {writeRun} from './written-run.js';

export interface QueryRail {
  viewer: ServedViewer;
  /** Opens the viewer with the query rail, at `run` (a model with branches; default) or `large` (151 layers). */
  open: (hash?: string, options?: BrowserContextOptions, run?: string) => Promise<ViewerPage>;
}

let rail: Promise<QueryRail> | undefined;

/** Serves both runs, once for all files of a process. */
export function queryRail(): Promise<QueryRail> {
  return (rail ??= servedRail());
}

async function servedRail(): Promise<QueryRail> {
  const viewer = await servedViewer(async logdir => {
    await writeRun(join(logdir, 'run'), {epochs: [0, 1, 2, 3], info: modelInfo(branchingModel())});
    await writeRun(join(logdir, 'large'), {
      epochs: [0, 1],
      info: {...modelInfo(residualModel(9)), name: 'large'},
    });
  });
  const open: QueryRail['open'] = async (hash = '', options = {}, run = 'run') => {
    const opened = await viewer.open(`run=${run}${hash}`, options);
    await opened.page.getByRole('treeitem').first().waitFor();
    return opened;
  };
  return {viewer, open};
}

/** The box of the expression. */
export const box = (page: Page) => page.getByRole('combobox', {name: 'Expression in the notation'});
export const layer = (page: Page, name: string) =>
  page.getByRole('treeitem', {name: new RegExp(`^${name}\\b`)});
export const cube = (page: Page) => page.getByRole('application', {name: /^Hypercube/});
export const result = (page: Page) => page.getByRole('region', {name: 'Result', exact: true});

/** Waits until the box reads so. */
export async function reads(page: Page, expression: string): Promise<void> {
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

/** Asks a query by the box. */
export async function ask(page: Page, expression: string): Promise<void> {
  await box(page).fill(expression);
  await page.keyboard.press('Enter');
  await page.waitForFunction(
    wanted => new URLSearchParams(location.hash.slice(1)).get('query') === wanted,
    expression,
  );
}

/** Where the hypercube draws the front of a slab, and the rows of it, in the window. */
export async function front(page: Page, slab: number): Promise<{x: number; top: number; bottom: number}> {
  const {x, y, width, height} = (await cube(page).locator('.cube-slab-front').nth(slab).boundingBox())!;
  return {x: x + width / 2, top: y, bottom: y + height};
}

/** Drags from one place of the window to another. */
export async function drag(page: Page, from: [number, number], to: [number, number]): Promise<void> {
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move((from[0] + to[0]) / 2, (from[1] + to[1]) / 2);
  await page.mouse.move(...to);
  await page.mouse.up();
}

/** Drags over the cells of a strip. */
export async function sweep(page: Page, strip: Locator, from: number, to: number): Promise<void> {
  const middle = async (cell: number): Promise<[number, number]> => {
    const {x, y, width, height} = (await strip.boundingBox())!;
    const cells = Number(await strip.getAttribute('data-cells'));
    return [x + ((cell + 0.5) * width) / cells, y + height / 2];
  };
  await drag(page, await middle(from), await middle(to));
}
