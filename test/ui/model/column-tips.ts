import test from 'ava';
import {commonTips, tipsFrom} from '#ui/model/column-tips.js';

test('a heading says what its column in the metric table holds, with the unit', t => {
  t.deepEqual(tipsFrom('layer_entropy', {'matrix bits': 'matrix_bits', N: 'n'}), {
    'matrix bits':
      "Von Neumann entropy of the centred, trace-normalised Gram matrix; not the paper's, in bits",
    N: 'Samples',
  });
});

test('a column has a tip where all tables mean the same by it', t => {
  const tips = commonTips(['epoch', 'bits', 'reason', 'values', 'from_layer']);
  t.deepEqual(tips, {
    epoch: 'Epochs of training; 0 is the untrained model',
    from_layer: 'Layer of X',
  });
});
