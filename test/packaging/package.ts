import {execFile} from 'node:child_process';
import {readFile} from 'node:fs/promises';
import {posix} from 'node:path';
import {promisify} from 'node:util';
import test from 'ava';

/** Prints the address of every module that is resolved; Node 20 has no synchronous hooks yet. */
const tracer = `data:text/javascript,${encodeURIComponent(`
  import {register} from 'node:module';
  register('data:text/javascript,' + encodeURIComponent(\`
    export async function resolve(specifier, context, next) {
      const found = await next(specifier, context);
      process._rawDebug(found.url);
      return found;
    }\`));
`)}`;

async function modulesOf(entry: string): Promise<string[]> {
  const {stderr} = await promisify(execFile)(process.execPath, [
    '--import',
    tracer,
    '--input-type=module',
    '-e',
    `await import('${entry}')`,
  ]);
  return stderr.split('\n');
}

test('importing cnnslicer/metrics loads neither tfjs nor Express', async t => {
  const modules = await modulesOf('cnnslicer/metrics');
  t.true(modules.some(url => url.includes('/dist/metrics/')));
  t.deepEqual(
    modules.filter(url => /@tensorflow|\/express\/|flechette/.test(url)),
    [],
  );
});

test('importing the callback loads neither tfjs, which the user hands in, nor the parts of the recorder', async t => {
  const modules = await modulesOf('cnnslicer');
  t.true(modules.some(url => url.includes('/dist/callback/')));
  const packages = modules.map(url => /\/node_modules\/((@[^/]+\/)?[^/]+)/.exec(url)?.[1]);
  t.deepEqual(
    [...new Set(packages.filter(name => name !== undefined))].sort(),
    ['fastest-levenshtein', 'zod'], // what checks the options
  );
  t.deepEqual(
    modules.filter(url => /\/dist\/(tensorboard|recorder\/(run-recorder|events))/.test(url)),
    [],
  );
});

test('what a bundler takes for a browser says where cnnslicer runs, under every name that the entries export', async t => {
  const inBrowser = async (entry: string, name: string) => {
    const text = `import {${name} as it} from '${entry}'; it();`;
    const flags = ['--conditions=browser', '--input-type=module', '-e', text];
    return promisify(execFile)(process.execPath, flags).then(
      () => 'no error',
      ({stderr}: {stderr: string}) => stderr,
    );
  };
  const entries = {cnnslicer: await import('cnnslicer'), 'cnnslicer/wasm': await import('cnnslicer/wasm')};
  for (const [entry, names] of Object.entries(entries)) {
    for (const name of Object.keys(names)) {
      t.regex(await inBrowser(entry, name), /Error: cnnslicer captures in Node, Bun and Deno, and not in a browser/); // prettier-ignore
    }
  }
});

/** The paths that npm would publish. */
async function packedPaths(): Promise<Set<string>> {
  const {stdout} = await promisify(execFile)('npm', ['pack', '--dry-run', '--json', '--ignore-scripts']);
  const [{files}] = JSON.parse(stdout) as [{files: {path: string}[]}];
  return new Set(files.map(({path}) => path));
}

test('every document that the packed README, documents and types point at is packed, too', async t => {
  const packed = await packedPaths();
  const pointed: string[] = [];
  for (const path of [...packed].filter(path => path.endsWith('.md') && !path.startsWith('dist/'))) {
    const links = (await readFile(path, 'utf8')).matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g);
    for (const [, link, source] of links) {
      const target = (link ?? source ?? '').replace(/#.*/, '');
      if (target !== '' && !/^[a-z]+:/.test(target)) pointed.push(posix.join(posix.dirname(path), target));
    }
  }
  for (const path of [...packed].filter(path => path.endsWith('.d.ts'))) {
    pointed.push(...((await readFile(path, 'utf8')).match(/\b(docs|examples)\/[\w/-]+\.\w+/g) ?? []));
  }
  t.true(pointed.length > 30);
  const there = (path: string) => packed.has(path) || [...packed].some(file => file.startsWith(`${path.replace(/\/$/, '')}/`)); // prettier-ignore
  t.deepEqual(
    // Sources are named where something is explained by them; they are in the repository alone.
    [...new Set(pointed)].filter(path => !there(path) && !/^(test|bench|reproduce|scripts)\//.test(path)),
    [],
  );
});

test('every page of docs that a source names, in a help text or a comment, is in the package, and so is its anchor', async t => {
  const packed = await packedPaths();
  const {stdout} = await promisify(execFile)('git', ['grep', '-hoE', '(docs/[a-z/-]+\\.md(#[a-z-]+)?|documentPath\\(.[a-z-]+\\.md)', '--', 'src']); // prettier-ignore
  const named = new Set(stdout.trim().split('\n').map(name => name.replace(/^documentPath\(./, 'docs/'))); // prettier-ignore
  t.true(named.size >= 6);
  for (const name of named) {
    const [path = '', anchor] = name.split('#');
    t.true(packed.has(path), name);
    if (anchor === undefined) continue;
    const headings = (await readFile(path, 'utf8')).matchAll(/^#+ (.*)$/gm);
    const anchors = [...headings].map(([, text = '']) => text.toLowerCase().replace(/[^a-z0-9 -]/g, '').replaceAll(' ', '-')); // prettier-ignore
    t.true(anchors.includes(anchor), name);
  }
});

test('the viewer brings the licence texts of what is bundled in it', async t => {
  const path = 'dist/viewer/third-party-notices.md';
  t.true((await packedPaths()).has(path));
  const [, ...notices] = (await readFile(path, 'utf8')).split(/^(?=## @?[a-z][\w/-]+ - \d)/m);
  const named = notices.map(notice => /^## (\S+)/.exec(notice)?.[1]);
  for (const name of ['preact', '@preact/signals', 'uplot', 'd3-hierarchy', '@uwdata/flechette']) {
    t.true(named.includes(name), name);
  }
  for (const notice of notices) t.true(notice.length > 500, notice.slice(0, 60)); // the text, not its name alone
});
