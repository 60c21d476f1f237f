import {readFileSync} from 'node:fs';
import test from 'ava';
import {parseQuery, printQuery, QueryError} from '#src/shared/index.js';

const page = readFileSync('docs/query.md', 'utf8');

/** Texts in code spans, as a reader sees them. */
const spans = [...page.matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span.replaceAll('\\|', '|'));

/** A whole question begins with a function and leaves nothing open. */
const questions = spans.filter(
  span => /^(?:H|Hx|C|dCNN|mean|max|min|std)\(/.test(span) && !/…|X, L, C, T/.test(span),
);

test('every question in docs/query.md is one, and the page has many', t => {
  for (const question of questions) t.notThrows(() => parseQuery(question), question);
  t.true(questions.length > 20, `${questions.length} questions`);
});

test('the command in docs/query.md asks a question', t => {
  const [, question = ''] = /cnnslicer query \S+ '(.+)'/.exec(page) ?? [];
  t.is(printQuery(parseQuery(question)), question);
});

test('the selectors in docs/query.md stand where it says', t => {
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
