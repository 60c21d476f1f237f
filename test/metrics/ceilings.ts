import test from 'ava';
import {
  channelCapacity,
  effectiveRankOf,
  interSampleEntropy,
  interSampleEntropyOf,
  matrixEntropy,
  matrixEntropyOf,
  pairCodes,
  PairDistances,
} from 'cnnslicer/metrics';
import {simdSquaredDistances} from 'cnnslicer/metrics/simd';
import {seededRandom, type Random} from '#src/shared/index.js';

interface Shape {
  samples: number;
  features: number;
}

/** Kinds of data that a network makes, the odd ones among them. */
const KINDS: Record<string, (shape: Shape, random: Random) => Float32Array> = {
  random: ({samples, features}, random) => Float32Array.from({length: samples * features}, random),
  rectified: ({samples, features}, random) =>
    Float32Array.from({length: samples * features}, () => Math.max(0, random() - 0.8)),
  'low rank': ({samples, features}, random) => {
    const direction = Float64Array.from({length: features}, random);
    const rows = Float64Array.from({length: samples}, random);
    return Float32Array.from(
      {length: samples * features},
      (_, i) => (rows[Math.floor(i / features)] ?? 0) * (direction[i % features] ?? 0),
    );
  },
  constant: ({samples, features}, random) => new Float32Array(samples * features).fill(random()),
  'one that lives': ({samples, features}, random) => {
    const x = new Float32Array(samples * features);
    for (let f = 0; f < features; f++) x[Math.floor(random() * samples) * features + f] = random();
    return x;
  },
  tiny: ({samples, features}, random) =>
    Float32Array.from({length: samples * features}, () => random() * 1e-30),
  denormal: ({samples, features}, random) =>
    Float32Array.from({length: samples * features}, () => Math.floor(random() * 9) * 1e-44),
  huge: ({samples, features}, random) =>
    Float32Array.from({length: samples * features}, () => (random() - 0.5) * 1e30),
  'sure softmax': ({samples, features}, random) => {
    const x = new Float32Array(samples * features);
    for (let row = 0; row < samples; row++) {
      const logits = Float64Array.from({length: features}, () => random() * 160);
      const most = Math.max(...logits);
      for (let f = 0; f < features; f++) x[row * features + f] = Math.exp((logits[f] ?? 0) - most);
    }
    return x;
  },
  ties: ({samples, features}) =>
    Float32Array.from({length: samples * features}, (_, i) => ((i * 7) % 11) / 11),
};

const between = (value: number | null, ceiling: number) => value === null || (value >= 0 && value <= ceiling);

test('no entropy of 10,000 matrices is negative or above its ceiling, and both kernels agree to the last bit', t => {
  const random = seededRandom(12);
  const fast = simdSquaredDistances();
  const kinds = Object.entries(KINDS);
  const wrong: string[] = [];
  for (let i = 0; i < 10_000; i++) {
    const [kind, make] = kinds[i % kinds.length] as (typeof kinds)[number];
    const shape = {samples: 2 + Math.floor(random() * 18), features: 1 + Math.floor(random() * 20)};
    const x = make(shape, random);
    const inter = interSampleEntropy(x, shape, {k: 1 + Math.floor(random() * 15)});
    const matrix = matrixEntropy(x, shape);
    const note = `${i}: ${kind}, ${shape.samples} x ${shape.features}`;
    if (!between(inter.bits, inter.log2Edges ?? 0)) wrong.push(`${note}: Hx ${inter.bits}`);
    if (!between(inter.deficit, inter.log2Edges ?? 0)) wrong.push(`${note}: deficit ${inter.deficit}`);
    if (!between(matrix.bits, Math.log2(shape.samples - 1))) wrong.push(`${note}: matrix ${matrix.bits}`);
    const {rank} = effectiveRankOf(matrix, shape.features);
    if (rank !== null && !(rank >= 1 && rank <= Math.min(shape.samples - 1, shape.features)))
      wrong.push(`${note}: rank ${rank}`);
    if (inter.equal !== (matrix.reason === 'no-variance')) wrong.push(`${note}: equal or not`);
    const distances = PairDistances.of(x, shape, fast);
    if (matrixEntropyOf(distances).bits !== matrix.bits) wrong.push(`${note}: matrix by the kernel`);
    if (interSampleEntropyOf(distances, {k: inter.k}).bits !== inter.bits)
      wrong.push(`${note}: Hx by the kernel`);
  }
  t.deepEqual(wrong, []);
});

test('no capacity of 1,000 channel pairs is negative or above either entropy; equal distances have none', t => {
  const random = seededRandom(13);
  const fast = simdSquaredDistances();
  const kinds = Object.values(KINDS);
  for (let i = 0; i < 1000; i++) {
    const shape = {samples: 2 + Math.floor(random() * 10), features: 1 + Math.floor(random() * 9)};
    const codes = [i, Math.floor(i / kinds.length)].map(kind =>
      pairCodes(
        (kinds[kind % kinds.length] as (typeof kinds)[number])(shape, random),
        {channels: 1, samples: shape.samples, pixels: shape.features},
        {squaredDistances: fast},
      ),
    );
    const [x, y] = codes as [(typeof codes)[number], (typeof codes)[number]];
    const {bits, hx, hy} = channelCapacity(x, y);
    t.true(between(bits[0] ?? NaN, Math.min(hx[0] ?? 0, hy[0] ?? 0)));
    if (x.degenerate[0] === 1) t.is(bits[0], 0);
  }
});
