import test from 'ava';
import {
  interSampleEntropy,
  interSampleEntropyOf,
  matrixEntropy,
  matrixEntropyOf,
  PairDistances,
} from 'cnnslicer/metrics';
import {seededRandom} from '#src/shared/index.js';

const shape = {samples: 40, features: 7};
const random = seededRandom(11);
const x = Float32Array.from({length: shape.samples * shape.features}, () => random() - 0.5);
x[9 * shape.features + 3] = NaN;
x.copyWithin(20 * shape.features, 21 * shape.features, 22 * shape.features); // a duplicate

test('measures of known distances equal those of the samples', t => {
  const distances = PairDistances.of(x, shape);
  t.deepEqual([distances.n, distances.samples], [39, 40]);
  t.deepEqual(interSampleEntropyOf(distances, {k: 5}), interSampleEntropy(x, shape, {k: 5}));
  t.deepEqual(matrixEntropyOf(distances), matrixEntropy(x, shape));
});

test('measures among some of the samples equal those of a copy of them, in any order', t => {
  const distances = PairDistances.of(x, shape);
  for (const members of [
    [3, 9, 20, 21, 22, 30, 39],
    [39, 0, 9, 17, 5, 21, 20],
  ]) {
    const rows = Float32Array.from(
      members.flatMap(i => [...x.subarray(i * shape.features, (i + 1) * shape.features)]),
    );
    const part = {samples: members.length, features: shape.features};
    t.deepEqual(
      interSampleEntropyOf(distances.among(members), {k: 3}),
      interSampleEntropy(rows, part, {k: 3}),
    );
    t.deepEqual(matrixEntropyOf(distances.among(members)), matrixEntropy(rows, part));
  }
  t.is(interSampleEntropyOf(distances.among([])).reason, 'no-samples');
  t.is(interSampleEntropyOf(distances.among([9])).reason, 'non-finite');
  t.is(interSampleEntropyOf(distances.among([9, 4])).reason, 'too-few-samples');
});
