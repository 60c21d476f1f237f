import type {Browser, Page} from 'playwright-core';
import {watchPage, type Watched} from './watch-page.js';

/** Opens a page of the viewer, in a context of its own, and waits until all of its panels have been painted. */
export async function openWatched(browser: Browser, url: string, width: number): Promise<Page> {
  const context = await browser.newContext({
    viewport: {width, height: 900},
    reducedMotion: 'no-preference',
  });
  const page = await context.newPage();
  await page.addInitScript(watchPage);
  await page.goto(url);
  await page.waitForFunction(
    () => (globalThis as unknown as {watched: Watched}).watched.usefulMs !== null,
    undefined,
    {timeout: 120_000},
  );
  return page;
}
