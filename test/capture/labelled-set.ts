import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {LabelledSet} from '#src/capture/labelled-set.js';

test('a set without labels has no class, and its samples have none', t => {
  const {classes, declared, labels, samples} = LabelledSet.read(tf, 'probe', {xs: tf.zeros([4, 2])});
  t.deepEqual(
    {classes, declared, labels, samples},
    {
      classes: 0,
      declared: false,
      labels: Int32Array.of(-1, -1, -1, -1),
      samples: 4,
    },
  );
});
