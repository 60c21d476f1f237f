import {execFile} from 'node:child_process';
import {mkdtemp, readdir, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join, posix, sep} from 'node:path';
import {promisify} from 'node:util';
import test from 'ava';

/** What a browser fetches by itself, and what it follows. */
const FETCHED = /<(?:img|script|source)[^>]*?\s(?:src|srcset)="([^"]*)"|<link[^>]*?\shref="([^"]*)"/g;
const FOLLOWED = /<a[^>]*?\shref="([^"]*)"/g;

let site: string;
let pages: Map<string, string>;
let files: Set<string>;

test.before('TypeDoc builds the site without a warning', async t => {
  t.timeout(600_000);
  site = await mkdtemp(join(tmpdir(), 'cnnslicer-site-'));
  await promisify(execFile)('npx', ['typedoc', '--out', site]);
  const paths = await readdir(site, {recursive: true});
  files = new Set(paths.map(path => path.split(sep).join('/')));
  const html = [...files].filter(path => path.endsWith('.html'));
  pages = new Map(
    await Promise.all(html.map(async path => [path, await readFile(join(site, path), 'utf8')] as const)),
  );
});

test.after.always(() => rm(site, {recursive: true, force: true}));

const targetsOf = (html: string, pattern: RegExp) =>
  [...html.matchAll(pattern)].map(([, first, second]) => first ?? second ?? '');

test('no page fetches anything from elsewhere', t => {
  const elsewhere = [...pages].flatMap(([page, html]) =>
    targetsOf(html, FETCHED)
      .filter(target => /^(?:[a-z]+:)?\/\//.test(target))
      .map(target => `${page}: ${target}`),
  );
  t.true(pages.size > 100);
  t.deepEqual(elsewhere, []);
});

test('every link, anchor and picture of the site leads somewhere within it', t => {
  const broken: string[] = [];
  for (const [page, html] of pages) {
    for (const target of [...targetsOf(html, FETCHED), ...targetsOf(html, FOLLOWED)]) {
      if (/^[a-z]+:/.test(target) || target === '') continue;
      const [path = '', anchor] = decodeURI(target).split('#');
      const file = path === '' ? page : posix.join(posix.dirname(page), path);
      if (!files.has(file)) broken.push(`${page}: there is no ${file}`);
      else if (anchor && !pages.get(file)?.includes(`id="${anchor}"`)) broken.push(`${page}: ${file} has no ${anchor}`); // prettier-ignore
    }
  }
  t.deepEqual([...new Set(broken)], []);
});

test('every entry of the package and every guide has a page', async t => {
  const {exports} = JSON.parse(await readFile('package.json', 'utf8')) as {exports: Record<string, unknown>};
  for (const entry of Object.keys(exports).filter(name => !name.endsWith('.json'))) {
    const name = posix.join('cnnslicer', entry).replaceAll('/', '_');
    t.true(files.has(`modules/${name}.html`), name);
  }
  for (const guide of await readdir('docs')) {
    if (!guide.endsWith('.md')) continue;
    const heading = /^# (.+)$/m.exec(await readFile(join('docs', guide), 'utf8'))?.[1] ?? '';
    t.true(
      [...pages.keys()].some(path => path.startsWith(`documents/${heading.replace(/[^\w]+.*/, '')}`)),
      guide,
    );
  }
});
