import {distancesInStrips} from './distances-in-strips.js';
import {finiteInBlocks, finiteSamples} from './finite-samples.js';
import type {LayerSamples} from './layer-samples.js';
import {pairIndex} from './pair-index.js';
import {assertSamples, type SamplesShape} from './shapes.js';
import {squaredDistances, type Pairs, type PairVisitor, type SquaredDistances} from './squared-distances.js';

/**
 * Squared Euclidean distances of all pairs of samples, computed once where several measures, or the same measure of
 * several classes, need them. Samples with a non-finite value are left out.
 *
 * Memory grows with samples^2: 8 bytes for each pair.
 */
export class PairDistances implements Pairs {
  /** Distances of all finite samples, each pair i < j once, row after row. */
  readonly #squared: Float64Array;
  /** Index of each sample among the finite ones, -1 if it is not finite. */
  readonly #places: Int32Array;
  /** How many finite samples there are in all. */
  readonly #finite: number;
  /** Places of the points of this set, ascending or as asked for. */
  readonly #points: Int32Array;
  /** Samples asked for, finite or not. */
  readonly samples: number;

  private constructor(squared: Float64Array, places: Int32Array, members: ArrayLike<number>) {
    this.#squared = squared;
    this.#places = places;
    this.#finite = places.reduce((count, place) => (place >= 0 ? count + 1 : count), 0);
    this.#points = Int32Array.from(members, member => places[member]).filter(place => place >= 0);
    this.samples = members.length;
  }

  /**
   * @param x - One flat vector per sample, [samples, features]. Not modified.
   * @param distancesOf - What computes them; default the plain version.
   * @throws {RangeError} if `shape` does not fit `x`.
   */
  static of(
    x: Float32Array,
    shape: SamplesShape,
    distancesOf: SquaredDistances = squaredDistances,
  ): PairDistances {
    assertSamples('PairDistances.of', x, shape);
    const rows = finiteSamples(x, shape);
    return PairDistances.#known(distancesOf({x, features: shape.features, rows}), rows, shape);
  }

  /** The same of samples that are read a part at a time; 16 bytes more for each pair while they are. */
  static inBlocks(
    source: LayerSamples,
    shape: SamplesShape,
    distancesOf: SquaredDistances = squaredDistances,
  ): PairDistances {
    if (source.block >= source.samples)
      return PairDistances.of(source.read(0, source.samples), shape, distancesOf);
    const rows = finiteInBlocks(source, shape);
    const squared = distancesInStrips(source, {features: shape.features, rows}, distancesOf);
    return PairDistances.#known(squared, rows, shape);
  }

  static #known(squared: Float64Array, rows: Int32Array, shape: SamplesShape): PairDistances {
    const n = rows.length;
    const places = new Int32Array(shape.samples).fill(-1);
    for (let place = 0; place < n; place++) places[rows[place]] = place;
    return new PairDistances(squared, places, [...places.keys()]);
  }

  /** Finite samples. */
  get n(): number {
    return this.#points.length;
  }

  /** The same distances among some of the samples, e.g. those of one class; nothing is computed or copied. */
  among(members: ArrayLike<number>): PairDistances {
    return new PairDistances(this.#squared, this.#places, members);
  }

  allEqual(): boolean {
    for (let j = 1; j < this.n; j++) if (this.#between(0, j) !== 0) return false;
    return true;
  }

  /** Visits the pairs i < j, row after row, with their squared distance. */
  forEachSquaredDistance(visit: PairVisitor): void {
    for (let i = 0; i < this.n; i++) {
      for (let j = i + 1; j < this.n; j++) visit(i, j, this.#between(i, j));
    }
  }

  /** Squared distance of two different points of this set. */
  #between(i: number, j: number): number {
    const low = Math.min(this.#points[i], this.#points[j]);
    const high = Math.max(this.#points[i], this.#points[j]);
    return this.#squared[pairIndex(low, high, this.#finite)];
  }
}
