import {cp} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import type {Page} from 'playwright-core';
import {branchingModel, modelInfo} from '../support/model-run.js';
import {servedViewer} from '../support/served-viewer.js';
import {seriousViolations} from '../support/serious-violations.js';
import {writeRun} from '../support/written-run.js';

const {server, browser} = await servedViewer(async logdir => {
  for (const name of ['demo', 'demo-again']) {
    await cp('test/fixtures/demo-run', join(logdir, name), {recursive: true});
  }
  await writeRun(join(logdir, 'branching'), {epochs: [0, 1], info: modelInfo(branchingModel())});
});
const {server: emptyServer} = await servedViewer(() => Promise.resolve());
/** One page for all scenes: each is another address in it. */
const page = await browser.newPage({
  viewport: {width: 1280, height: 900},
  reducedMotion: 'reduce',
  bypassCSP: true,
});
interface Scene {
  /** The address, behind its `#` and the run. */
  hash: string;
  /** Default `demo`. */
  run?: string;
  width?: number;
  url?: string;
  /** Brings the page where it is looked at, and waits until it is there. */
  act?: (page: Page) => Promise<unknown>;
}

const press = (name: string | RegExp) => (shown: Page) => shown.getByRole('button', {name}).first().click();
const seen = (selector: string) => (shown: Page) => shown.locator(selector).first().waitFor();
const expression = (shown: Page) => shown.getByRole('combobox', {name: 'Expression in the notation'});

/** Everything that a page can show, by what it is called. */
const scenes: Record<string, Scene> = {
  'the performance view': {
    hash: 'tab=performance&class=2&confusion=shares',
    act: seen('[data-panel=training] canvas'),
  },
  'the performance of two runs': {
    hash: 'tab=performance&run=demo-again',
    act: seen('[data-panel=training] canvas'),
  },
  'the samples of a cell': {
    hash: 'tab=performance&cell=0,0',
    act: seen('.drawer .cell-drawer-samples canvas'),
  },
  'the layer view': {
    hash: 'tab=layers&row-order=mean&baseline=true',
    act: seen('.strip-panel-pictures canvas'),
  },
  'a pair of channels, others pinned': {
    hash: 'tab=layers&pair=1,3&pin=0,0&pin=2,5',
    act: seen('.drawer canvas'),
  },
  'the channel view': {
    hash: 'tab=channels&lines=classes&compare=3&compare=8',
    act: seen('.multiples-chart canvas'),
  },
  'the circles of one class': {hash: 'tab=channels&zoom=3', act: seen('.circles-panel-crumbs button')},
  'an open channel': {hash: 'tab=channels&channel=1&samples-of=3', act: seen('.drawer canvas')},
  'a layer without maps': {hash: 'tab=channels&layer=dense_1', act: seen('.dot-rows-row')},
  'performance beside an open channel': {
    hash: 'tab=channels&channel=2',
    width: 1920,
    act: seen('.drawer canvas'),
  },
  'an answer': {
    hash: 'tab=channels&query=H(dCNN(label=*, conv2d_1, *, *))',
    act: seen('[data-panel=result] canvas'),
  },
  'a panel as a table': {
    hash: 'tab=performance',
    act: async shown => {
      await press('Confusion matrix as a table')(shown);
      await seen('.data-table')(shown);
    },
  },
  'a panel in full size': {
    hash: 'tab=performance&full=training',
    act: seen('[data-panel=training].panel-full canvas'),
  },
  'the files of a panel': {
    hash: 'tab=layers',
    act: async shown => {
      await press('Export Over time')(shown);
      await seen('.menu:not([hidden]) .menu-item')(shown);
    },
  },
  'the files of all panels': {
    hash: 'tab=performance',
    act: async shown => {
      await shown.getByRole('button', {name: 'Export', exact: true}).click();
      await seen('.page-export-row')(shown);
    },
  },
  'the list of runs': {
    hash: 'tab=performance',
    act: async shown => {
      await press(/, Runs$/)(shown);
      await seen('.run-table-name')(shown);
    },
  },
  'the findings': {
    hash: 'tab=performance',
    act: async shown => {
      await press(/, what stands out in this run$/)(shown);
      await seen('.findings-menu-list')(shown);
    },
  },
  'the list of keys': {
    hash: 'tab=performance',
    act: async shown => {
      await shown.locator('body').press('?');
      await shown.getByRole('dialog').waitFor();
    },
  },
  'the rail as icons': {hash: 'tab=performance&rail=icons', act: seen('.rail.rail-closed')},
  'the enlarged hypercube': {
    hash: 'tab=performance',
    act: async shown => {
      await press('Enlarge the hypercube')(shown);
      await shown.getByRole('dialog').waitFor();
    },
  },
  'a model inside the model': {
    run: 'branching',
    hash: 'tab=layers&block=encoder',
    act: seen('[role=treeitem][aria-level="2"]'),
  },
  'what may follow in a question': {
    hash: 'tab=performance',
    act: async shown => {
      await expression(shown).fill('H(dCNN(');
      await shown.getByRole('listbox', {name: 'What may follow'}).waitFor();
      await expression(shown).press('ArrowDown');
    },
  },
  'a question with a fault': {
    hash: 'tab=performance',
    act: async shown => {
      await expression(shown).fill('H(');
      await expression(shown).press('Escape');
      await shown.getByRole('alert').first().waitFor();
    },
  },
  'a link that asks for what there is not': {hash: 'tab=nowhere', act: seen('.notices')},
  'a folder without a run': {hash: '', url: emptyServer.url, act: seen('.empty pre')},
};

for (const [name, {hash, run = 'demo', width = 1280, url = server.url, act}] of Object.entries(scenes)) {
  test.serial(`axe finds nothing serious in ${name}, light and dark`, async t => {
    await page.emulateMedia({colorScheme: 'light'});
    await page.setViewportSize({width, height: 900});
    // The same address but for what follows its # would not be reloaded.
    await page.goto('about:blank');
    await page.goto(`${url}#run=${run}&${hash}`);
    await act?.(page);
    await settled();
    t.deepEqual(await seriousViolations(page), [], 'light');
    await page.emulateMedia({colorScheme: 'dark'});
    await page.locator('html[data-theme=dark]').waitFor();
    await settled();
    // Between the themes nothing but the colours differs.
    t.deepEqual(await seriousViolations(page, ['color-contrast']), [], 'dark');
  });
}

async function settled(): Promise<void> {
  await page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null);
}
