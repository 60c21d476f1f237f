import type {Browser, Page} from 'playwright-core';
import {watchWork, type PageWork} from './page-work.js';
import {watchPage, type Watched} from './watch-page.js';

/** A page whose panels have all been painted. */
export interface OpenedPage {
  page: Page;
  /** From the navigation to that painting, ms. */
  usefulMs: number;
  work: PageWork;
}

/** Opens a page of the viewer, in a new context: the browser's cache is empty. */
export async function openWatched(browser: Browser, url: string, width: number): Promise<OpenedPage> {
  const context = await browser.newContext({
    viewport: {width, height: 900},
    reducedMotion: 'no-preference',
  });
  const page = await context.newPage();
  const work = await watchWork(page);
  await page.addInitScript(watchPage);
  await page.goto(url);
  const useful = await page.waitForFunction(
    () => (globalThis as unknown as {watched: Watched}).watched.usefulMs,
    undefined,
    {timeout: 120_000},
  );
  return {page, work, usefulMs: Number(await useful.jsonValue())};
}
