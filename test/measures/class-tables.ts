import test from 'ava';
import {readPredictions} from '#src/capture/classifier.js';
import {classTables} from '#src/measures/class-entropy/class-tables.js';
import {NO_LABEL, seededRandom} from '#src/shared/index.js';

/** Softmax-like answers to `labels`, right ones, but for the samples of `lost`. */
function answers(labels: Int32Array, classes: number, lost: (sample: number) => number | null): Float32Array {
  const outputs = new Float32Array(labels.length * classes);
  labels.forEach((label, sample) => {
    outputs[sample * classes + label] = 1;
    const value = lost(sample);
    // Not in the first place, where the largest value is looked for: a row is lost wherever its NaN is.
    if (value !== null) outputs[sample * classes + classes - 1] = value;
  });
  return outputs;
}

function tablesOf(labels: Int32Array, classes: number, outputs: Float32Array) {
  const predictions = readPredictions(outputs, {output: 0, width: classes, classes});
  const {predicted} = predictions;
  const capture = {
    epoch: 4,
    logs: [],
    weights: [],
    failures: [],
    predictions,
    evaluation: {labels, predicted},
  };
  return classTables(capture, labels, classes);
}

for (const classes of [2, 3, 21, 100]) {
  const labels = Int32Array.from({length: classes * 3}, (_, i) => i % classes);

  test(`of ${classes} classes, outputs that are not finite name no class: nothing is right, and no entropy is defined`, t => {
    for (const value of [Number.NaN, Infinity]) {
      const {confusion, class_entropy, predictions} = tablesOf(
        labels,
        classes,
        answers(labels, classes, () => value),
      );
      t.true(confusion?.every(({count}) => count === 0));
      t.true(
        predictions?.every(({predicted, probability}) => predicted === NO_LABEL && probability === null),
      );
      for (const row of class_entropy ?? []) {
        t.like(row, {label_given_pred: null, pred_given_label: null, reason: 'non-finite'});
      }
    }
  });

  test(`of ${classes} classes, a NaN for one class leaves the others as they were`, t => {
    const random = seededRandom(classes);
    const lost = Math.floor(classes * random());
    const outputs = answers(labels, classes, sample => (labels[sample] === lost ? Number.NaN : null));
    const {confusion = [], class_entropy = []} = tablesOf(labels, classes, outputs);
    for (const {label, predicted, count} of confusion) {
      t.is(count, label === predicted && label !== lost ? 3 : 0);
    }
    for (const row of class_entropy) {
      if (row.class === lost) t.is(row.reason, 'never-predicted,non-finite');
      else t.like(row, {label_given_pred: 0, pred_given_label: 0, reason: null});
    }
  });
}

test('a single sigmoid of NaN is neither class', t => {
  const {predicted} = readPredictions(Float32Array.of(0.2, Number.NaN, 0.7), {
    output: 0,
    width: 1,
    classes: 2,
  });
  t.deepEqual([...predicted], [0, NO_LABEL, 1]);
});

test('masked logits of -Infinity beside the largest are no loss', t => {
  const {predicted} = readPredictions(Float32Array.of(-Infinity, 2, -Infinity, -Infinity), {
    output: 0,
    width: 2,
    classes: 2,
  });
  t.deepEqual([...predicted], [1, NO_LABEL]);
});
