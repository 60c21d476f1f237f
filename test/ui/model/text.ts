import test from 'ava';
import {bits, className, metric, percent, plural} from '#ui/model/format.js';
import {toCsv, toJson} from '#ui/model/table-text.js';

test('CSV quotes what needs it and leaves null empty', t => {
  const table = {
    columns: ['name', 'value, bits'],
    rows: [
      ['say "so"', 1.5],
      ['two\nlines', null],
    ],
  };
  t.is(toCsv(table), 'name,"value, bits"\n"say ""so""",1.5\n"two\nlines",\n');
});

test('what a spreadsheet would compute is made safe in CSV; numbers are left as they are', t => {
  const rows = [
    ['=1+1', -1],
    ['@cat', 1e-7],
  ];
  t.is(toCsv({columns: ['class', 'bits'], rows}), "class,bits\n'=1+1,-1\n'@cat,1e-7\n");
});

test('JSON carries title, what is shown, and null as null', t => {
  const text = toJson({title: 'Entropy', shows: 'epoch 3'}, {columns: ['a', 'b'], rows: [[1, null]]});
  t.deepEqual(JSON.parse(text), {title: 'Entropy', shows: 'epoch 3', rows: [{a: 1, b: null}]});
});

test('numbers are written with their units, and undefined in words', t => {
  t.is(bits(1.79549), '1.795 bits');
  t.is(bits(null), 'undefined');
  t.is(percent(0.98765), '98.8 %');
  t.is(metric(0.000012345), '1.234e-5');
  t.is(metric(0), '0');
  t.is(metric(2.30258), '2.303');
  t.is(metric(null), 'not logged');
  t.is(plural(1, 'sample'), '1 sample');
  t.is(plural(12_288, 'sample'), '12,288 samples');
});

test('a class is called by its index, and by its name where that says more', t => {
  t.is(className(['0', '1'], 1), '1');
  t.is(className(['cat', 'truck'], 1), '1 truck');
  t.is(className([], 7), '7');
});
