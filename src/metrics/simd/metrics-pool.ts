import {availableParallelism} from 'node:os';
import {assertPositiveInteger} from '../../shared/index.js';
import {assertPermutations, permutedCodes, summarizeDraws} from '../capacity-baseline.js';
import {capacityFromJoint} from '../capacity-from-joint.js';
import type {ChannelCapacity} from '../capacity-from-joint.js';
import type {CapacityOptions} from '../channel-capacity.js';
import {exactEntropyTable} from '../exact-entropy-table.js';
import {finiteSamples} from '../finite-samples.js';
import {
  assertInterSampleOptions,
  neighborEntropy,
  usedNeighbors,
  type InterSampleEntropy,
  type InterSampleOptions,
} from '../inter-sample-entropy.js';
import {
  assertIntraSampleInput,
  type IntraSampleEntropy,
  type IntraSampleOptions,
} from '../intra-sample-entropy.js';
import {emptyJointEntropies} from '../joint-entropies.js';
import {assertSamePairs} from '../joint-histogram.js';
import {assertNeighborsInput, type Neighbors} from '../k-nearest-neighbors.js';
import type {MatrixEntropy} from '../matrix-entropy.js';
import {assertPairCodesInput, emptyPairCodes, type PairCodes, type PairCodesOptions} from '../pair-codes.js';
import {samplesOf} from '../layer-samples.js';
import {reasonForFew} from '../reason-for-few.js';
import {assertSamples, type ChannelMajorShape, type MapsShape, type SamplesShape} from '../shapes.js';
import {rowsEqual} from '../squared-distances.js';
import {intraSampleSteps} from './intra-sample-steps.js';
import {nearestNeighbors} from './nearest-neighbors.js';
import {sharedArray, shared} from '../../shared/shared-array.js';
import {Threads, type Job} from './threads.js';

/** Options of `MetricsPool.create`. */
export interface MetricsPoolOptions {
  /** Threads, integer >= 1; default as many as the machine runs side by side. */
  threads?: number;
}

/**
 * The heavy measures in WebAssembly SIMD, in threads. Each gives what the plain function of its name gives; where that
 * cannot be exact, its doc block states the tolerance. Arrays in a SharedArrayBuffer are not copied; results
 * do.
 */
export class MetricsPool {
  readonly #threads: Threads;

  private constructor(threads: Threads) {
    this.#threads = threads;
  }

  /** @throws {RangeError} if `threads` is not an integer >= 1. */
  static create({threads = availableParallelism()}: MetricsPoolOptions = {}): Promise<MetricsPool> {
    assertPositiveInteger('MetricsPool.create', 'threads', threads);
    return Promise.resolve(new MetricsPool(new Threads(threads)));
  }

  /** How many threads compute. */
  get threads(): number {
    return this.#threads.count;
  }

  /** Like `pairCodes`, exactly: where a distance on the integer grid leaves a bin in doubt, float64 decides. */
  async pairCodes(
    maps: Float32Array,
    shape: ChannelMajorShape,
    {bins = 32, range = 'minmax', ...job}: Omit<PairCodesOptions, 'squaredDistances'> & Job = {},
  ): Promise<PairCodes> {
    assertPairCodesInput('MetricsPool.pairCodes', maps, shape, {bins, range});
    const result = emptyPairCodes(shape, bins, sharedArray);
    const table = shared(exactEntropyTable(result.pairs));
    await this.#threads.run(
      'codePairs',
      {maps: shared(maps), pixels: shape.pixels, range, table, result},
      job,
    );
    return result;
  }

  /** Like `channelCapacity`, exactly. */
  async channelCapacity(
    from: PairCodes,
    to: PairCodes,
    {permutations = 0, seed = 1, signal, onProgress}: CapacityOptions & Job = {},
  ): Promise<ChannelCapacity> {
    const caller = 'MetricsPool.channelCapacity';
    assertSamePairs(caller, from, to);
    assertPermutations(caller, permutations, seed);
    const x = sharedCodes(from);
    const table = shared(exactEntropyTable(from.pairs));
    let done = 0;
    const count = async (y: PairCodes): Promise<ChannelCapacity> => {
      const result = emptyJointEntropies(x, y, sharedArray);
      const job = {
        ...(signal && {signal}),
        ...(onProgress && {onProgress: (share: number) => onProgress((done + share) / (1 + permutations))}),
      };
      await this.#threads.run('jointEntropy', {from: x, to: y, table, result}, job);
      done++;
      return capacityFromJoint(x, y, result);
    };
    const capacity = await count(sharedCodes(to));
    if (permutations === 0) return capacity;
    const draws: Float64Array[] = [];
    for (const shuffled of permutedCodes(to, {permutations, seed})) {
      draws.push((await count(sharedCodes(shuffled))).bits);
    }
    return {...capacity, baseline: summarizeDraws(draws, capacity.bits, seed)};
  }

  /**
   * The joint histogram of every channel pair, [from, to, bins, bins], each exactly that of `jointHistogram`.
   *
   * @throws {RangeError} if samples or bins differ.
   */
  async jointHistograms(from: PairCodes, to: PairCodes, job: Job = {}): Promise<Uint32Array> {
    assertSamePairs('MetricsPool.jointHistograms', from, to);
    const counts = sharedArray(Uint32Array, from.channels * to.channels * from.bins * from.bins);
    await this.#threads.run('countJoint', {from: sharedCodes(from), to: sharedCodes(to), counts}, job);
    return counts;
  }

  /** Like `kNearestNeighbors`, exactly: candidates from an integer grid are proven to be enough, or all are compared. */
  async kNearestNeighbors(
    x: Float32Array,
    shape: SamplesShape,
    k: number,
    job: Job = {},
  ): Promise<Neighbors> {
    assertNeighborsInput('MetricsPool.kNearestNeighbors', x, shape, k);
    return nearestNeighbors(this.#threads, {x: shared(x), ...shape, k}, job);
  }

  /** Like `interSampleEntropy`; see {@link kNearestNeighbors} for the neighbours. */
  async interSampleEntropy(
    x: Float32Array,
    shape: SamplesShape,
    {k, kernel, ...job}: InterSampleOptions & Job = {},
  ): Promise<InterSampleEntropy> {
    const caller = 'MetricsPool.interSampleEntropy';
    const options = {...(k !== undefined && {k}), ...(kernel !== undefined && {kernel})};
    assertSamples(caller, x, shape);
    assertInterSampleOptions(caller, options);
    const rows = finiteSamples(x, shape);
    const n = rows.length;
    const finite = n === shape.samples ? shared(x) : takeRows(x, shape.features, rows);
    const used = usedNeighbors(n, options);
    const neighbors =
      n < 2
        ? null
        : await nearestNeighbors(
            this.#threads,
            {x: finite, samples: n, features: shape.features, k: used},
            job,
          );
    const allEqual = () => rowsEqual({x, features: shape.features, rows});
    return neighborEntropy(neighbors, {n, samples: shape.samples, allEqual}, options);
  }

  /** Like `matrixEntropy`, exactly; in one thread. */
  async matrixEntropy(x: Float32Array, shape: SamplesShape, job: Job = {}): Promise<MatrixEntropy> {
    assertSamples('MetricsPool.matrixEntropy', x, shape);
    const n = finiteSamples(x, shape).length;
    const facts = {n, invalid: shape.samples - n};
    if (n < 2) return {bits: null, reason: reasonForFew(n, shape.samples), ...facts};
    const bits = sharedArray(Float64Array, 1);
    await this.#threads.run('measureSpectrum', {x: shared(x), shape, bits}, job);
    return Number.isNaN(bits[0])
      ? {bits: null, reason: 'no-variance', ...facts}
      : {bits: bits[0], reason: null, ...facts};
  }

  /** Like `intraSampleEntropy`, exactly. */
  async intraSampleEntropy(
    maps: Float32Array,
    shape: MapsShape,
    {bins = 32, range = 'layer', ...job}: IntraSampleOptions & Job = {},
  ): Promise<IntraSampleEntropy> {
    assertIntraSampleInput('MetricsPool.intraSampleEntropy', maps, shape, {bins, range});
    const steps = intraSampleSteps(samplesOf(shared(maps), shape.samples), shape, {bins, range});
    let done = 0;
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done) return step.value;
      const {operation, input, share} = step.value;
      await this.#threads.run(operation, input, partOf(job, done, share));
      done += share;
    }
  }

  /** Ends the threads; work under way fails. */
  close(): Promise<void> {
    return this.#threads.close();
  }
}

function sharedCodes(codes: PairCodes): PairCodes {
  return {...codes, codes: shared(codes.codes)};
}

function takeRows(x: Float32Array, features: number, rows: Int32Array): Float32Array {
  const taken = sharedArray(Float32Array, rows.length * features);
  for (let i = 0; i < rows.length; i++) {
    taken.set(x.subarray(rows[i] * features, (rows[i] + 1) * features), i * features);
  }
  return taken;
}

/** Progress of a part of the work, a share of it, when some is done. */
function partOf({signal, onProgress}: Job, done: number, share: number): Job {
  return {
    ...(signal && {signal}),
    ...(onProgress && {onProgress: (ofPart: number) => onProgress(done + share * ofPart)}),
  };
}
