import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {assertWhole, fitBeside, orders} from '../../support/fit-beside.js';

const PATIENCE = 2;

/** Never satisfied with what an epoch gains: it stops after its patience, whatever the model learns. */
const impatient = () => tf.callbacks.earlyStopping({monitor: 'val_loss', minDelta: 1000, patience: PATIENCE});

for (const [where, list] of Object.entries(orders)) {
  test.serial(
    `early stopping ${where} in the list stops the fit, and its last epoch is captured`,
    async t => {
      const fit = await fitBeside(t, 50, slicer => list(slicer, impatient()));
      t.is(fit.history['loss']!.length, 1 + PATIENCE); // the first epoch is better than none
      await assertWhole(t, fit);
    },
  );
}
