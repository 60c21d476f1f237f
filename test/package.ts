import {execFile} from 'node:child_process';
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
    modules.filter(url => /@tensorflow|\/express\/|apache-arrow/.test(url)),
    [],
  );
});

test('importing the callback loads neither tfjs, which the user hands in, nor the parts of the recorder', async t => {
  const modules = await modulesOf('cnnslicer');
  t.true(modules.some(url => url.includes('/dist/callbacks/')));
  const packages = modules.map(url => /\/node_modules\/((@[^/]+\/)?[^/]+)/.exec(url)?.[1]);
  t.deepEqual(
    new Set(packages.filter(name => name !== undefined)),
    new Set(['zod', 'fastest-levenshtein']), // what checks the options
  );
  t.deepEqual(
    modules.filter(url => /\/dist\/(tensorboard|callbacks\/recorder\/(run-recorder|events))/.test(url)),
    [],
  );
});
