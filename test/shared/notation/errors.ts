import {readFileSync} from 'node:fs';
import test from 'ava';
import {parseQuery, QueryError} from '#src/shared/index.js';

/** The error that an expression causes. */
function failure(text: string): QueryError {
  try {
    parseQuery(text);
  } catch (error) {
    if (error instanceof QueryError) return error;
    throw error;
  }
  throw new Error(`${text} parses.`);
}

/**
 * errors.txt holds a paragraph per expression: the text; marks below its offending part (`|` where something is missing);
 * the message; and, after `=>`, what is suggested instead of the marked part.
 */
const PARAGRAPHS = readFileSync('test/shared/notation/errors.txt', 'utf8').trimEnd().split('\n\n');

for (const paragraph of PARAGRAPHS) {
  const [text = '', marks = '', message = '', suggestion] = paragraph.split('\n');
  test(`${text}: ${message}`, t => {
    const error = failure(text);
    t.is(error.message, message);
    const missing = error.end === error.position;
    t.is(' '.repeat(error.position) + (missing ? '|' : '^'.repeat(error.end - error.position)), marks);
    t.is(error.suggestion, suggestion?.replace(/^=> ?/, '') ?? null);
  });
}

test('the suggestions of these errors lead further, or fix them', t => {
  let fixed = 0;
  for (const paragraph of PARAGRAPHS) {
    const [text = ''] = paragraph.split('\n');
    const {position, end, suggestion} = failure(text);
    if (suggestion === null) continue;
    const better = text.slice(0, position) + suggestion + text.slice(end);
    try {
      parseQuery(better);
      fixed += 1;
    } catch (error) {
      t.true(error instanceof QueryError && error.position > position, better);
    }
  }
  t.true(fixed > 30, `${fixed} fixed`);
});

test('an empty text is answered with what an expression begins with', t => {
  const message =
    'there is no expression; write a measure (H, Hx, C or R), dCNN(…), or an aggregate (mean, max, min or std).';
  t.is(failure('').message, `column 1: ${message}`);
  t.is(failure(' \n ').message, `column 4: ${message}`);
});

test('what would be valid there is listed in words, not by the grammar’s own names', t => {
  t.deepEqual(failure('dCNN(*, , *, 0)').expected, ['a layer name, index or range', '*']);
  t.deepEqual(failure('H(dCNN(*, 1, *, 0), k=3)').expected, ['bins', 'range']);
  t.deepEqual(failure('dCNN(*, 1, *, 3..1)').expected, ['1..3']);
  t.deepEqual(failure('H(label | y) x').expected, []);
});

test('aggregates nest 32 deep and no deeper, so that no expression exhausts the stack', t => {
  const nested = (depth: number) => `${'mean('.repeat(depth)}H(label | y)${' over class)'.repeat(depth)}`;
  t.notThrows(() => parseQuery(nested(32)));
  t.is(
    failure(nested(33)).message,
    'column 166: there are more than 32 aggregates inside one another; use fewer.',
  );
  t.is(failure(nested(100_000)).position, 165);
});

test('a message is one line and short, whatever the text holds', t => {
  const invisible = failure('dCNN(*, "a\\q\u2028\nb", *, 0)').message;
  t.true(
    invisible.startsWith('column 9: "a\\q\\u{2028}\\u{a}b" is not a text as JSON writes it; '),
    invisible,
  );
  t.true(failure('\0').message.startsWith('column 1: "\\u{0}" is not valid here; '));
  t.true(failure(`dCNN(*, 1, ${'x'.repeat(5000)}, 0)`).message.length < 200);
  t.true(failure(`dCNN(${'x'.repeat(5000)}, 1, *, 0)`).message.length < 200);
});
