import {readFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import type axe from 'axe-core';
import type {Page} from 'playwright-core';

const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What axe finds on a page that keeps people out; the page's context must bypass its content policy.
 *
 * @param rules - The rules to ask by their names; all where it is left out.
 */
export async function seriousViolations(page: Page, rules?: string[]): Promise<string[]> {
  const isThere = await page.evaluate(() => 'axe' in globalThis);
  if (!isThere) await page.evaluate(source);
  const {violations} = await page.evaluate(
    runOnly =>
      (globalThis as unknown as {axe: typeof axe}).axe.run({
        resultTypes: ['violations'],
        ...(runOnly ? {runOnly} : {}),
      }),
    rules,
  );
  return violations
    .filter(({impact}) => impact === 'serious' || impact === 'critical')
    .flatMap(({id, nodes}) => nodes.map(({html}) => `${id}: ${html}`));
}
