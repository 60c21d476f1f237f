import type {Page} from 'playwright-core';

/**
 * The processor time that a page's main thread has had since it was opened, in ms: script, style, layout and painting
 * orders. Unlike the clock it does not count the waiting for a processor that something else has.
 */
export type PageWork = () => Promise<number>;

/** Begins to count; before the page is opened, to count that too. */
export async function watchWork(page: Page): Promise<PageWork> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', {timeDomain: 'threadTicks'});
  return async () => {
    const {metrics} = await session.send('Performance.getMetrics');
    return 1000 * (metrics.find(({name}) => name === 'TaskDuration')?.value ?? Number.NaN);
  };
}
