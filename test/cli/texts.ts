import test from 'ava';
import fc from 'fast-check';
import {failedLines} from '#src/cli/failed-text.js';
import {findingsList} from '#src/cli/findings-list.js';
import {ranges} from '#src/cli/ranges.js';
import {resultTable} from '#src/cli/result-table.js';
import {byteSize} from '#src/shared/byte-size.js';
import {columnFrom, type Finding, type QueryResult} from '#src/shared/index.js';

test('ranges join what follows by one, and nothing else', t => {
  t.is(ranges([0, 1, 2, 5]), '0..2, 5');
  t.is(ranges([3]), '3');
  t.is(ranges([0, 2, 4]), '0, 2, 4');
  t.is(ranges([]), '');
});

test('ranges say exactly the numbers they were made of', t => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(30)), numbers => {
      const ascending = numbers.sort((a, b) => a - b);
      const read = ranges(ascending)
        .split(', ')
        .filter(part => part !== '')
        .flatMap(part => {
          const [from = 0, to = from] = part.split('..').map(Number);
          return Array.from({length: to - from + 1}, (_, i) => from + i);
        });
      t.deepEqual(read, ascending);
    }),
  );
});

test('a part that failed at several epochs is one line; control characters are none of it', t => {
  const what = 'the weights could not be stored';
  t.deepEqual(
    failedLines([
      {epoch: 1, what, reason: 'The disk\u001b[2J is full.'},
      {epoch: 2, what, reason: 'The disk\u001b[2J is full.'},
      {epoch: 4, what, reason: 'No.'},
    ]),
    [
      'epoch 1..2: the weights could not be stored: The disk [2J is full.',
      'epoch 4: the weights could not be stored: No.',
    ],
  );
  t.deepEqual(failedLines([]), []);
});

test('sizes have three digits and a unit', t => {
  t.deepEqual([0, 999, 1234, 999_499, 999_999, 1e6, 12_345_678, 9.994e9].map(byteSize), [
    '0 kB',
    '0.999 kB',
    '1.23 kB',
    '999 kB',
    '1 MB',
    '1 MB',
    '12.3 MB',
    '9.99 GB',
  ]);
});

const finding = (title: string, level: Finding['level'] = 'note'): Finding =>
  ({title, level, confidence: {grade: 'high', why: 'on 6 samples'}, evidence: 'H(label | y)'}) as Finding;

test('findings are listed with confidence and evidence, those that call for attention marked', t => {
  t.is(
    findingsList([finding('Class 3 is never predicted', 'attention')]),
    '! Class 3 is never predicted\n    confidence: high, on 6 samples\n    see:  H(label | y)',
  );
  t.true(findingsList([finding('It rests')]).startsWith('- It rests'));
  t.is(findingsList([]), 'Nothing stands out.');
});

test('more findings than wanted are counted', t => {
  const list = findingsList([finding('a'), finding('b'), finding('c')], 1);
  t.true(list.endsWith('… and 2 more: cnnslicer findings <run> shows all.'), list);
});

/** An answer with a column that does not vary, and one that does. */
function answer(bits: (number | null)[]): QueryResult {
  const layer = columnFrom(
    'string',
    bits.map(() => 'conv2d_1'),
  );
  const epoch = columnFrom('int32', [...bits.keys()]);
  const columns = {epoch, layer, bits: columnFrom('double?', bits)};
  return {
    expression: 'Hx(dCNN(*, conv2d_1, *, *))',
    measure: 'inter-sample entropy',
    value: 'bits',
    unit: 'bit',
    facts: {n: 6, k: null},
    rows: bits.length,
    columns,
  };
}

test('a column with one value goes to the line above, with the facts that are known', t => {
  const [question, about] = resultTable(answer([1.25, 2])).split('\n');
  t.is(question, 'Hx(dCNN(*, conv2d_1, *, *))');
  t.is(about, 'inter-sample entropy, bits (n 6, layer conv2d_1)');
});

test('an undefined value is a dash; the value is shown as a column, also where it does not vary', t => {
  const text = resultTable(answer([null, null]));
  t.regex(text, /│ +epoch │ bits │/);
  t.regex(text, /│ +0 │ +- │/);
});

test('a single row shows all of its columns', t => {
  t.regex(resultTable(answer([1.5])), /epoch │ layer +│ +bits/);
});

test('a long answer is cut, and says how many rows are left out', t => {
  const text = resultTable(answer(Array.from({length: 65}, (_, i) => i + 0.5)));
  t.true(text.endsWith('… 5 more rows; --format csv or --out prints all.'), text.slice(-80));
  t.true(text.includes('59.5000') && !text.includes('60.5000'));
});

test('a feature map is shown by its extremes and its mean', t => {
  const maps = columnFrom('map', [Float32Array.of(-1, 0, 4), null]);
  const text = resultTable({...answer([1, 2]), value: 'map', unit: null, columns: {map: maps}});
  t.true(text.includes('-1.000 .. 4.000, mean 1.000'), text);
});
