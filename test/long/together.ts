import {execFile} from 'node:child_process';
import {mkdir, symlink, writeFile} from 'node:fs/promises';
import {join, resolve} from 'node:path';
import {pathToFileURL} from 'node:url';
import test, {type ExecutionContext} from 'ava';
import {temporaryFolder} from '../support/temporary-folder.js';

/** Runs test files, by their names and texts, in one process as `npm test` does; gives what AVA reports, as TAP. */
async function together(t: ExecutionContext, files: Record<string, string>): Promise<string> {
  const dir = await temporaryFolder(t);
  await mkdir(join(dir, 'files'));
  await symlink(resolve('node_modules'), join(dir, 'node_modules'));
  await writeFile(join(dir, 'package.json'), '{"type": "module"}');
  for (const [name, text] of Object.entries(files))
    await writeFile(join(dir, 'files', `${name}.js`), `import test from 'ava';\n${text}`);
  const runner = pathToFileURL(resolve('build/test/support/together/run-together.js')).href;
  await writeFile(
    join(dir, 'entry.test.js'),
    `import {runTogether} from ${JSON.stringify(runner)};
     await runTogether(${JSON.stringify(join(dir, 'files'))}, ${JSON.stringify(Object.keys(files))});`,
  );
  const args = [resolve('node_modules/ava/entrypoints/cli.mjs'), '--tap', 'entry.test.js'];
  return new Promise(done => {
    execFile(process.execPath, args, {cwd: dir}, (_, stdout) => done(stdout));
  });
}

/** The titles of the tests that passed, and of those that did not, in the order in which they ran. */
function titles(tap: string): {passed: string[]; failed: string[]} {
  const of = (mark: string) =>
    tap
      .split('\n')
      .filter(line => line.startsWith(`${mark} `) && !line.includes('# SKIP'))
      .map(line => line.replace(/^.*? - /, ''));
  return {passed: of('ok'), failed: of('not ok')};
}

test('titles begin with the file, so that two files may use the same', async t => {
  const text = `test('works', t => t.pass());`;
  t.deepEqual(titles(await together(t, {a: text, b: text})).passed, ['a › works', 'b › works']);
});

test('tests run one after the other, file by file, also those that wait', async t => {
  const text = `
    test('first', async t => { globalThis.running = true; await new Promise(done => setTimeout(done, 50)); globalThis.running = false; t.pass(); });
    test('second', t => t.falsy(globalThis.running));`;
  t.deepEqual(titles(await together(t, {a: text, b: text})), {
    passed: ['a › first', 'a › second', 'b › first', 'b › second'],
    failed: [],
  });
});

test('hooks concern the tests of their file', async t => {
  const tap = await together(t, {
    a: `
      let before = 0, each = 0, after = 0;
      test.before(() => { before++; });
      test.beforeEach(() => { each++; });
      test.afterEach(() => { after++; });
      test('one', t => t.deepEqual([before, each, after], [1, 1, 0]));
      test('two', t => t.deepEqual([before, each, after], [1, 2, 1]));
      globalThis.counts = () => [before, each, after];`,
    b: `test('three', t => t.deepEqual(globalThis.counts(), [1, 2, 2]));`,
  });
  t.deepEqual(titles(tap), {passed: ['a › one', 'a › two', 'b › three'], failed: []});
});

test('a test that fails is reported with its file, and the others run', async t => {
  const tap = await together(t, {
    a: `test('wrong', t => t.is(1, 2)); test('right', t => t.pass());`,
    b: `test('right', t => t.pass());`,
  });
  t.deepEqual(titles(tap), {passed: ['a › right', 'b › right'], failed: ['a › wrong']});
});

test('skipped tests stay skipped, serial ones run', async t => {
  const tap = await together(t, {
    a: `test.skip('left out', t => t.fail()); test.serial('in turn', t => t.pass());`,
  });
  t.deepEqual(titles(tap), {passed: ['a › in turn'], failed: []});
  t.regex(tap, /ok \d+ - a › left out # SKIP/);
});

test('a file may await before it declares its tests', async t => {
  const tap = await together(t, {
    a: `await new Promise(done => setTimeout(done, 20)); test('late', t => t.pass());`,
    b: `test('next', t => t.pass());`,
  });
  t.deepEqual(titles(tap), {passed: ['a › late', 'b › next'], failed: []});
});
