import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import type {Browser, BrowserContextOptions} from 'playwright-core';
import {startServer, type RunningServer} from 'cnnslicer/server';
import {startProjector} from '#src/cli/viewer/projector.js';
import {launchChromium} from './chromium.js';
import {openViewer, type ViewerPage} from './viewer-page.js';

export interface ServedViewer {
  logdir: string;
  server: RunningServer;
  browser: Browser;
  /** Opens the viewer in a new context, at an address without its `#`. */
  open: (hash: string, options?: BrowserContextOptions) => Promise<ViewerPage>;
}

export interface ServedViewerOptions {
  /** Which browser; default {@link launchChromium}. */
  launch?: () => Promise<Browser>;
  /** Projects channels as `cnnslicer view` does; default false. */
  projects?: boolean;
}

/**
 * Serves a new log directory, once `fill` has written its runs; it is gone after the tests. All files of a process
 * share one browser.
 */
export async function servedViewer(
  fill: (logdir: string) => Promise<unknown>,
  {launch = launchChromium, projects = false}: ServedViewerOptions = {},
): Promise<ServedViewer> {
  const logdir = await mkdtemp(join(tmpdir(), 'cnnslicer-viewer-'));
  await fill(logdir);
  const projector = projects ? startProjector() : undefined;
  const server = await startServer({logdir, port: 0, ...(projector && {project: projector.project})});
  const browser = await browserOf(launch);
  test.after.always(async () => {
    await browser.close();
    await server.close();
    projector?.close();
    await rm(logdir, {recursive: true, force: true});
  });
  const open = (hash: string, options: BrowserContextOptions = {}) =>
    openViewer(browser, `${server.url}#${hash}`, options);
  return {logdir, server, browser, open};
}

const browsers = new Map<() => Promise<Browser>, Promise<Browser>>();

function browserOf(launch: () => Promise<Browser>): Promise<Browser> {
  const browser = browsers.get(launch) ?? launch();
  browsers.set(launch, browser);
  return browser;
}
