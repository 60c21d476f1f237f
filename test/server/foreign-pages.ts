import {createServer} from 'node:http';
import {existsSync} from 'node:fs';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {launchChromium} from '../support/chromium.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {rawRequest, servedApp} from '../support/served-app.js';
import {writeRun} from '../support/written-run.js';

const QUESTION = encodeURIComponent('C(dCNN(*, 0, *, 0), dCNN(*, 1, *, 0))');

/** Every kind of path of the API, some of which are costly, and spellings of them. */
const PATHS = [
  '/api',
  '/api/runs',
  '/API/runs',
  '/api/runs/',
  '/api/runs/run',
  '/api/runs/run/tables/logs',
  '/api/runs/run/samples?sample=0',
  `/api/runs/run/query?expression=${QUESTION}`,
  '/api/runs/run/findings',
  '/api/runs/run/projections?layer=conv&channel=0&epoch=0&sample=0',
  '/api/events',
];

async function servedRun(t: ExecutionContext) {
  const logdir = await temporaryFolder(t);
  await writeRun(join(logdir, 'run'), {epochs: [0]});
  const {port, answered} = await servedApp(t, {logdir});
  return {port, answered, derived: join(logdir, 'run', 'derived')};
}

test('whatever a browser says of a foreign page is refused on every path of the API, at both methods', async t => {
  const {port, derived} = await servedRun(t);
  const own = `http://127.0.0.1:${port}`;
  const foreign: Record<string, string>[] = [
    {'sec-fetch-site': 'cross-site'},
    {'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document'},
    {'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image'},
    {'sec-fetch-site': 'same-origin, cross-site'},
    {'sec-fetch-site': ''},
    {'sec-fetch-site': 'same-origin', origin: 'http://evil.example'},
    {origin: 'null'},
    {origin: `http://localhost:${port}`},
    {origin: `http://127.0.0.1:${port + 1}`},
    {origin: `${own}.evil.example`},
    {origin: ''},
    {referer: 'http://evil.example/page'},
    {referer: `http://127.0.0.1:${port}@evil.example/`},
  ];
  for (const headers of foreign) {
    for (const path of PATHS) {
      for (const method of ['GET', 'HEAD']) {
        const {status} = await rawRequest(port, path, {method, headers});
        t.is(status, 403, `${method} ${path} ${JSON.stringify(headers)}`);
      }
    }
  }
  const {body} = await rawRequest(port, '/api/runs', {headers: {'sec-fetch-site': 'cross-site'}});
  t.deepEqual(JSON.parse(body), {
    error: {
      code: 'foreign-page',
      message:
        'This server answers to its own pages and to programs, not to pages of other sites. Open the viewer itself.',
    },
  });
  t.false(existsSync(derived));
});

test('own pages, the address bar and programs are answered', async t => {
  const {port} = await servedRun(t);
  const own = `http://127.0.0.1:${port}`;
  const welcome: Record<string, string>[] = [
    {},
    {'sec-fetch-site': 'same-origin'},
    {'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate'},
    {'sec-fetch-site': 'same-origin', referer: 'https://tunnel.example/viewer'},
    {origin: own},
    {referer: `${own}/#run=run`},
  ];
  for (const headers of welcome) {
    t.is((await rawRequest(port, '/api/runs/run', {headers})).status, 200, JSON.stringify(headers));
  }
});

test('a foreign page in a browser gets nothing done, however it asks, and own pages still do', async t => {
  const {port, answered, derived} = await servedRun(t);
  const page = '<!doctype html><title>another site</title>';
  const other = createServer((_request, response) =>
    response.setHeader('content-type', 'text/html').end(page),
  );
  await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve));
  const browser = await launchChromium();
  t.teardown(async () => {
    await browser.close();
    other.close();
  });
  const from = (other.address() as AddressInfo).port;
  // Another site; and the same site at another port, whose cookies and trust are the same.
  for (const origin of [`http://localhost:${from}`, `http://127.0.0.1:${from}`]) {
    const tab = await browser.newPage();
    await tab.goto(origin);
    const url = `http://127.0.0.1:${port}/api/runs/run/query?expression=${QUESTION}`;
    await tab.evaluate(ask, url);
    await tab.evaluate(target => void window.open(target), url);
    const left = tab.waitForURL(url);
    await tab.evaluate(target => void (location.href = target), url);
    await left;
    await tab.close();
  }
  // Chromium keeps some for itself, such as a script that is the same as one that failed.
  t.true(answered.length >= 16, JSON.stringify(answered));
  t.deepEqual(
    answered.filter(({status}) => status !== 403),
    [],
  );
  t.false(existsSync(derived), 'a question whose answer is kept was answered');
  const own = await browser.newPage();
  await own.goto(`http://127.0.0.1:${port}/favicon.svg`);
  const status = (path: string) => own.evaluate(async target => (await fetch(target)).status, path);
  t.is(await status(`/api/runs/run/query?expression=${QUESTION}`), 200);
  t.true(existsSync(derived));
});

/** Asks in every way that a page has without the other side's leave. Runs in the page. */
async function ask(url: string): Promise<void> {
  const settled = (element: HTMLElement, attribute: 'src' | 'href' | 'data') => {
    element.setAttribute(attribute, url);
    document.body.append(element);
    return new Promise(resolve => {
      element.onload = element.onerror = resolve;
      setTimeout(resolve, 1000);
    });
  };
  const style = document.createElement('link');
  style.rel = 'stylesheet';
  await Promise.allSettled([
    fetch(url),
    fetch(url, {mode: 'no-cors'}),
    fetch(url, {mode: 'no-cors', credentials: 'include', referrerPolicy: 'no-referrer'}),
    settled(document.createElement('img'), 'src'),
    settled(document.createElement('script'), 'src'),
    settled(document.createElement('iframe'), 'src'),
    settled(document.createElement('object'), 'data'),
    settled(style, 'href'),
    new Promise(resolve => (new EventSource(url).onerror = resolve)),
  ]);
}
