import {readFileSync} from 'node:fs';
import {cp} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {openCube} from 'cnnslicer/analysis';
import {parseQuery, printQuery, QueryError} from '#src/shared/index.js';
import {temporaryFolder} from '../../support/temporary-folder.js';

const page = readFileSync('docs/query.md', 'utf8');

/** Texts in code spans, as a reader sees them. */
const spans = [...page.matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span.replaceAll('\\|', '|'));

/** A whole question begins with a function and leaves nothing open. */
const questions = spans.filter(
  span => /^(?:H|Hx|C|R|dCNN|mean|max|min|std)\(/.test(span) && !/…|X, L, C, T/.test(span),
);

test('every question in docs/query.md is one, and the page has many', t => {
  for (const question of questions) t.notThrows(() => parseQuery(question), question);
  t.true(questions.length > 20, `${questions.length} questions`);
});

/** Names that stand for what a reader's own run may have. */
const INVENTED = /"my layer \(1\)"/;

test('every documented question is answered by the run of the demo', async t => {
  const dir = join(await temporaryFolder(t), 'demo-run');
  await cp('test/fixtures/demo-run', dir, {recursive: true});
  const run = await openCube(dir, {threads: 1});
  t.teardown(() => run.close());
  const commands = ['README.md', 'docs/query.md', 'src/cli/commands/query.ts'].flatMap(file =>
    [...readFileSync(file, 'utf8').matchAll(/cnnslicer query \S+ (["'])(.+?)\1/g)].map(
      ([, , asked = '']) => asked,
    ),
  );
  t.true(commands.length > 10, `${commands.length} commands`);
  const asked = [...new Set([...questions, ...commands])].filter(question => !INVENTED.test(question));
  for (const question of asked) {
    await t.notThrowsAsync(async () => t.true((await run.query(question)).rows > 0), question);
  }
});

test('the command in docs/query.md asks a question', t => {
  const [, question = ''] = /cnnslicer query \S+ '(.+)'/.exec(page) ?? [];
  t.is(printQuery(parseQuery(question)), question);
});

test('the selectors in docs/query.md are at the columns that it names', t => {
  const section = page.slice(page.indexOf('## Samples'), page.indexOf('## Measures'));
  const samples = [...section.matchAll(/^\| ([`*].*?) +\|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, selector = '']) => selector),
  );
  t.is(samples.length, 9);
  for (const selector of samples) t.notThrows(() => parseQuery(`dCNN(${selector}, 0, *, 0)`), selector);
});

test('the errors in docs/query.md are those that come', t => {
  const section = page.slice(page.indexOf('## Errors'));
  const rows = [...section.matchAll(/^\| (.+?) +\| (column .+?) +\|$/gm)];
  t.is(rows.length, 6);
  for (const [, written = '', answered] of rows) {
    t.throws(() => parseQuery(written.replaceAll('\\', '')), {instanceOf: QueryError, message: answered});
  }
});
