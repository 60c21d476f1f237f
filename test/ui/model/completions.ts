import test from 'ava';
import {suggestions} from '#ui/model/completions.js';
import {markFault, readExpression} from '#ui/model/expression.js';
import type {RunAxes} from '#ui/model/view-of-query.js';

const axes: RunAxes = {
  layers: [
    {index: 0, name: 'image', className: 'InputLayer', spatial: [8, 8], channels: 3},
    {index: 1, name: 'conv_1', className: 'Conv2D', spatial: [8, 8], channels: 16},
    {index: 2, name: 'my layer', className: 'Conv2D', spatial: [4, 4], channels: 64},
  ],
  classes: ['cat', 'dog', 'truck'],
  epochs: [0, 5, 10],
  shown: 10,
};

/** What is offered at the `^`. */
function offered(marked: string): string[] {
  const position = marked.indexOf('^');
  return suggestions(marked.replace('^', ''), position, axes).map(({text}) => text);
}

test("the run's own layers are offered, quoted where they must be, found by any part of name or type", t => {
  t.deepEqual(offered('H(dCNN(*, ^'), ['image', 'conv_1', '"my layer"', '*']);
  t.deepEqual(offered('H(dCNN(*, con^'), ['conv_1', '"my layer"']);
  t.deepEqual(offered('H(dCNN(*, my^'), ['"my layer"']);
});

test('classes are offered by index and found by name, epochs newest first', t => {
  t.deepEqual(offered('H(dCNN(label=^'), ['0', '1', '2', '*']);
  t.deepEqual(offered('H(dCNN(label=tru^'), ['2']);
  t.deepEqual(offered('H(dCNN(*, 1, *, ^'), ['0..10', '10', '5', '0', '*']);
  t.deepEqual(offered('H(dCNN(*, 1, *, 0..^'), ['10', '5', '0']);
});

test('the channels offered are those of the layer that was written', t => {
  t.deepEqual(offered('H(dCNN(*, conv_1, ^'), ['0..15', '*']);
  t.deepEqual(offered('H(dCNN(*, "my layer", ^'), ['0..63', '*']);
  t.deepEqual(offered('H(dCNN(*, 0, ^'), ['0..2', '*']);
});

test('what is typed already is not offered', t => {
  t.deepEqual(offered('H(dCNN(*, conv_1^'), []);
});

test('a suggestion takes the place of the word at the cursor', t => {
  const [first] = suggestions('H(dCNN(*, con, *, 5))', 'H(dCNN(*, con'.length, axes);
  t.like(first, {from: 10, to: 13, text: 'conv_1', detail: 'Conv2D · 16 · conv2d_1'});
});

test('an expression outside the notation says where, and the place is marked', t => {
  const text = 'H(dCNN(*, 1, *, 0), bin=8)';
  const {query, error} = readExpression(text);
  t.is(query, null);
  t.regex(error?.message ?? '', /^column 21: there is no option "bin" here/);
  t.deepEqual(error && markFault(text, error), ['H(dCNN(*, 1, *, 0), ', 'bin', '=8)']);
});

test('what is missing at the end is marked behind it', t => {
  const {error} = readExpression('H(dCNN(*, 1, *');
  t.deepEqual(error && markFault('H(dCNN(*, 1, *', error), ['H(dCNN(*, 1, *', ' ', '']);
});
