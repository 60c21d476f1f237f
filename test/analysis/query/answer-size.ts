import test from 'ava';
import {NoSuchSlice} from 'cnnslicer/analysis';
import {collected} from '#src/measures/answer/answer-parts.js';
import {assertFits, fits, rowCount} from '#src/measures/answer/answer-size.js';
import type {Evaluation} from '#src/measures/answer/evaluation.js';
import {featureMaps} from '#src/measures/feature-maps/answer.js';
import {parseQuery, type FeatureMapsQuery} from '#src/shared/index.js';
import {column, writtenCube} from '../../support/cube.js';
import {CONV, DENSE, INPUT, runInfo} from '../../support/run-folder.js';
import {closeTo} from '../../support/close-to.js';

const EXTENT = {epochs: 41, classes: 1, layers: 1, channels: 512 * 512};

test('an answer that is too large is refused with its size and how to ask for less', t => {
  t.is(rowCount(EXTENT), 10_747_904);
  t.throws(() => assertFits(EXTENT, 17), {
    instanceOf: NoSuchSlice,
    message:
      'The answer would have 10,747,904 rows and take 1,394 MiB, and one answer holds 256; name fewer epochs, layers, ' +
      'channels or samples, or take an aggregate such as mean(… over channel).',
  });
  t.notThrows(() => assertFits({...EXTENT, epochs: 7}, 17));
  t.throws(() => assertFits({...EXTENT, epochs: 8}, 17));
  t.true(fits(2 ** 20, 32));
  t.false(fits(2 ** 20 + 1, 32));
});

test('feature maps count by their values, and each by itself: a dense unit is a map of one value', t => {
  const one = {epochs: 1, classes: 1, layers: 1, channels: 1};
  t.notThrows(() => assertFits({...one, mapValues: 2 ** 26 - 100}, 7));
  t.throws(() => assertFits({...one, mapValues: 2 ** 26}, 7), {message: /take 257 MiB, .* samples\.$/});
  t.throws(() => assertFits({...one, channels: 2 ** 21, mapValues: 2 ** 21}, 7), {message: /take 376 MiB/});
});

test('feature maps are refused by the size that the slice has, before anything is read', async t => {
  const layers = [INPUT, {...CONV, spatial: [2000, 1000]}, {...DENSE, channels: 2 ** 24}];
  const run = {info: runInfo({layers})}; // has no data
  const ask = (slice: string) => {
    const query = parseQuery(`dCNN(${slice})`) as FeatureMapsQuery;
    return collected(featureMaps({run, captured: [0, 1, 2], job: {}} as unknown as Evaluation, query));
  };
  for (const [slice, rows, mebibytes] of [
    ['*, conv2d_1, *, *', '126', '962'],
    ['label={a,c}, conv2d_1, *, 0..1', '56', '428'],
    ['{1,2,4}, conv2d_1, {0,3,4,5}, *', '36', '275'],
    ['*, 0..1, {0,1}, *', '72', '275'],
    ['0, dense_1, *, 0', '16,777,216', '3,008'],
  ] as const) {
    await t.throwsAsync(ask(slice), {
      instanceOf: NoSuchSlice,
      message: new RegExp(`^The answer would have ${rows} rows and take ${mebibytes} MiB`),
    });
  }
  await t.throwsAsync(ask('*, conv2d_1, 0..3, 0'), {instanceOf: TypeError}, 'this would fit');
});

test('a range is as large as what the run has of it, whatever its end', async t => {
  const cube = await writtenCube(t);
  const all = await cube.query('H(dCNN(label=*, conv2d_1, *, *))');
  const far = await cube.query('H(dCNN(label=0..999999999, conv2d_1, 0..999999999, 0..999999999))');
  t.deepEqual(far.columns, all.columns);
  const list = `{${Array.from({length: 400}, () => '0..999999999').join(',')}}`;
  const samples = await cube.query(`dCNN(${list}, conv2d_1, ${list}, ${list})`);
  t.deepEqual(samples.columns, (await cube.query('dCNN(*, conv2d_1, *, *)')).columns);
  await t.throwsAsync(() => cube.query('dCNN({0,7..9}, conv2d_1, *, *)'), {
    message: 'The probe has no sample 7..9; its samples are 0..5.',
  });
});

test('options of questions from code have the limits of the notation', async t => {
  const cube = await writtenCube(t);
  const slice = {samples: 'all', layers: 'all', channels: 'all', epochs: 'all'} as const;
  await t.throwsAsync(() => cube.query({measure: 'H', slice, options: {bins: 2e8}}), {
    message: 'bins must be a whole number from 1 to 4096, got 200000000.',
  });
  await t.throwsAsync(() => cube.query({measure: 'Hx', slice, options: {k: 0}}), {
    message: 'k must be a whole number from 1 to 10000, got 0.',
  });
  const draws = {measure: 'C', from: slice, to: slice, options: {permutations: 1e9}} as const;
  await t.throwsAsync(() => cube.query({aggregate: 'mean', of: draws, over: 'channel'}), {
    message: 'permutations must be a whole number from 0 to 10000, got 1000000000.',
  });
});

test('an aggregate over parts is that over the whole answer', async t => {
  const cube = await writtenCube(t);
  const question = 'C(dCNN(label=*, 0..2, *, *), dCNN(label=*, 0..2, *, *))';
  const all = await cube.query(question);
  const [epochs, from, to, classes, bits] = ['epoch', 'from_layer', 'to_layer', 'class', 'bits'].map(name =>
    column(all, name),
  ) as [unknown[], unknown[], unknown[], unknown[], number[]];
  for (const by of ['mean', 'min', 'max', 'std'] as const) {
    const folded = await cube.query(`${by}(${question} over channel)`);
    t.is(folded.rows, 3 * 9 * 3);
    for (let row = 0; row < folded.rows; row++) {
      const [epoch, a, b, label, value, values] = Object.keys(folded.columns).map(
        name => column(folded, name)[row],
      );
      const same = bits.filter(
        (_, i) => epochs[i] === epoch && from[i] === a && to[i] === b && classes[i] === label,
      );
      const mean = same.reduce((sum, other) => sum + other, 0) / same.length;
      const expected = {
        mean,
        min: Math.min(...same),
        max: Math.max(...same),
        std: Math.sqrt(same.reduce((sum, other) => sum + (other - mean) ** 2, 0) / same.length),
      };
      t.is(values, same.length);
      closeTo(t, value, expected[by], 1e-12);
    }
  }
});

test('an aggregate stops between two parts when it is abandoned', async t => {
  const cube = await writtenCube(t);
  const gone = new AbortController();
  let heard = 0;
  const onProgress = () => {
    if (++heard === 3) gone.abort(new Error('gone'));
  };
  await t.throwsAsync(
    () =>
      cube.query('mean(C(dCNN(*, *, *, *), dCNN(*, *, *, *)) over channel)', {
        signal: gone.signal,
        onProgress,
      }),
    {message: 'gone'},
  );
  t.true(heard < 20);
});
