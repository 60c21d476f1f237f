import {readFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import type axe from 'axe-core';
import type {Page} from 'playwright-core';

/** What axe finds on a page that keeps people out; the page's context must bypass its content policy. */
export async function seriousViolations(page: Page): Promise<string[]> {
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  const {violations} = await page.evaluate(() => (globalThis as unknown as {axe: typeof axe}).axe.run());
  return violations
    .filter(({impact}) => impact === 'serious' || impact === 'critical')
    .map(({id, nodes}) => `${id}: ${nodes[0]?.html}`);
}
