import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import type {Browser} from 'playwright-core';
import {startServer, type RunningServer} from 'cnnslicer/server';
import {launchChromium} from './chromium.js';

export interface ServedViewer {
  logdir: string;
  server: RunningServer;
  browser: Browser;
}

/** Serves a new log directory, once `fill` has written its runs, and starts a browser; both end after the file's tests. */
export async function servedViewer(
  fill: (logdir: string) => Promise<unknown>,
  launch: () => Promise<Browser> = launchChromium,
): Promise<ServedViewer> {
  const logdir = await mkdtemp(join(tmpdir(), 'cnnslicer-viewer-'));
  await fill(logdir);
  const server = await startServer({logdir, port: 0});
  const browser = await launch();
  test.after.always(async () => {
    await browser.close();
    await server.close();
    await rm(logdir, {recursive: true, force: true});
  });
  return {logdir, server, browser};
}
