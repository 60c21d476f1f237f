import test from 'ava';
import {comparedNames, findLayer, layerAliases} from '#src/shared/index.js';

function layers(...of: [name: string, className: string][]) {
  return of.map(([name, className], index) => ({index, name, className}));
}

/** The same network as tfjs names it the first time, and the third time in one process. */
const first = layers(
  ['conv2d_Conv2D1_input', 'InputLayer'],
  ['conv2d_Conv2D1', 'Conv2D'],
  ['max_pooling2d_MaxPooling2D1', 'MaxPooling2D'],
  ['conv2d_Conv2D2', 'Conv2D'],
  ['dense_Dense1', 'Dense'],
);
const third = layers(
  ['conv2d_Conv2D5_input', 'InputLayer'],
  ['conv2d_Conv2D5', 'Conv2D'],
  ['max_pooling2d_MaxPooling2D3', 'MaxPooling2D'],
  ['conv2d_Conv2D6', 'Conv2D'],
  ['dense_Dense3', 'Dense'],
);

test('an alias is the class and a number along the L axis, whatever tfjs has counted', t => {
  const aliases = ['input_1', 'conv2d_1', 'max_pooling2d_1', 'conv2d_2', 'dense_1'];
  t.deepEqual(layerAliases(first), aliases);
  t.deepEqual(layerAliases(third), aliases);
  const classes = ['BatchNormalization', 'LSTM', 'DepthwiseConv2D', 'GlobalAveragePooling2D', 'ReLU', 'LSTM'];
  t.deepEqual(layerAliases(layers(...classes.map((name): [string, string] => [name, name]))), [
    'batch_normalization_1',
    'lstm_1',
    'depthwise_conv2d_1',
    'global_average_pooling2d_1',
    're_lu_1',
    'lstm_2',
  ]);
  t.deepEqual(layerAliases([]), []);
});

test('a layer is found by name, place or alias, and a name wins', t => {
  t.is(findLayer(third, 'conv2d_2')?.name, 'conv2d_Conv2D6');
  t.is(findLayer(third, 'conv2d_Conv2D5')?.index, 1);
  t.is(findLayer(third, 4)?.name, 'dense_Dense3');
  t.is(findLayer(third, 'conv2d_3'), undefined);
  t.is(findLayer(third, 9), undefined);
  const swapped = layers(['conv2d_2', 'Conv2D'], ['conv2d_1', 'Conv2D']);
  t.is(findLayer(swapped, 'conv2d_1')?.index, 1);
});

test('runs of one process are compared layer by layer', t => {
  t.deepEqual(Object.fromEntries(comparedNames(third, first)), {
    conv2d_Conv2D5_input: 'conv2d_Conv2D1_input',
    conv2d_Conv2D5: 'conv2d_Conv2D1',
    max_pooling2d_MaxPooling2D3: 'max_pooling2d_MaxPooling2D1',
    conv2d_Conv2D6: 'conv2d_Conv2D2',
    dense_Dense3: 'dense_Dense1',
  });
});

test('layers of the same name are compared first, and no two with one', t => {
  const own = layers(['head', 'Dense'], ['dense_Dense1', 'Dense'], ['extra', 'Dropout']);
  t.deepEqual(Object.fromEntries(comparedNames(own, first)), {
    dense_Dense1: 'dense_Dense1',
    head: 'head',
    extra: 'extra',
  });
  const names = [...comparedNames(third, first).values()];
  t.is(new Set(names).size, names.length);
});
