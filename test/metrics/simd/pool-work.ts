import test from 'ava';
import {MetricsPool} from 'cnnslicer/metrics/simd';
import {rectified} from '../../support/rectified.js';

const pool = await MetricsPool.create({threads: 2});
test.after.always(() => pool.close());

test('work that is aborted rejects with the reason, and the pool goes on', async t => {
  const shape = {samples: 3000, features: 200};
  const x = rectified(3000 * 200, 8);
  const gone = new AbortController();
  const first = pool.kNearestNeighbors(x, shape, 15, {signal: gone.signal});
  gone.abort(new Error('gone'));
  await t.throwsAsync(first, {message: 'gone'});
  await t.throwsAsync(pool.kNearestNeighbors(x, shape, 15, {signal: gone.signal}), {message: 'gone'});
  t.is((await pool.interSampleEntropy(x.subarray(0, 2000), {samples: 10, features: 200})).n, 10);
});

test('histograms that the kernels do not make are made in the threads too, and stop on request', async t => {
  for (const [channels, bins] of [
    [4, 2000],
    [3, 32],
  ] as const) {
    const shape = {samples: 64, pixels: 900, channels};
    const maps = rectified(64 * 900 * channels, 9);
    const gone = new AbortController();
    const stopped = pool.intraSampleEntropy(maps, shape, {bins, signal: gone.signal});
    gone.abort(new Error('gone'));
    await t.throwsAsync(stopped, {message: 'gone'});
  }
});

test('progress rises to 1 at most', async t => {
  const seen: number[] = [];
  await pool.kNearestNeighbors(rectified(4000 * 300, 8), {samples: 4000, features: 300}, 15, {
    onProgress: done => seen.push(done),
  });
  t.true(seen.length > 0 && seen.every(done => done >= 0 && done <= 1));
  t.deepEqual(
    seen,
    seen.toSorted((a, b) => a - b),
  );
});

test('a closed pool refuses work, and what it was at fails', async t => {
  const short = await MetricsPool.create({threads: 2});
  const running = short.kNearestNeighbors(rectified(3000 * 200, 8), {samples: 3000, features: 200}, 15);
  const failed = t.throwsAsync(running, {message: 'MetricsPool: the pool is closed.'});
  await short.close();
  await short.close();
  await failed;
  await t.throwsAsync(short.kNearestNeighbors(rectified(40, 8), {samples: 4, features: 10}, 1), {
    message: 'MetricsPool: the pool is closed.',
  });
});

test('wrong input is refused before any thread sees it', async t => {
  t.throws(() => MetricsPool.create({threads: 0}), {
    message: 'MetricsPool.create: threads must be an integer >= 1, got 0.',
  });
  await t.throwsAsync(
    pool.pairCodes(new Float32Array(4), {channels: 1, samples: 2, pixels: 2}, {bins: 300}),
    {
      message: 'MetricsPool.pairCodes: bins must be at most 256, got 300.',
    },
  );
  await t.throwsAsync(pool.kNearestNeighbors(new Float32Array(4), {samples: 2, features: 2}, 2), {
    message: 'MetricsPool.kNearestNeighbors: k must be less than the 2 samples, got 2.',
  });
});
