import {finiteInBlocks} from '../../metrics/finite-samples.js';
import {
  intraSampleEntropy,
  type IntraSampleEntropy,
  type IntraSampleMeasure,
} from '../../metrics/intra-sample-entropy.js';
import {matrixEntropyOf, type MatrixEntropy} from '../../metrics/matrix-entropy.js';
import {PairDistances} from '../../metrics/pair-distances.js';
import {limitsInBlocks} from '../../metrics/sample-limits.js';
import {
  layerAsOneMap,
  pixelsOf,
  type LayerSamples,
  type MapsShape,
  type SquaredDistances,
} from '../../metrics/index.js';
import type {CaptureOptions, LayerInfo} from '../../shared/index.js';
import {MeasureAttempts} from './measure-attempts.js';
import {once} from './once.js';
import {sampleGroups, type SampleGroup} from './sample-groups.js';

/** How the layers of an epoch are measured. */
export interface MeasureOptions extends Pick<CaptureOptions, 'bins' | 'range' | 'k'> {
  epoch: number;
  /** Class index of each sample. */
  labels: Int32Array;
  classes: number;
  /** Computes the distances between samples; default the plain version, which gives the same numbers. */
  squaredDistances?: SquaredDistances;
  /** Computes the entropies of the maps; default the plain version, which gives the same numbers. */
  intraSampleEntropy?: IntraSampleMeasure;
}

/**
 * A layer at one epoch, for its measures to look at. What several of them need is computed when the first asks for it; an
 * error in it is thrown to each that asks.
 */
export class MeasuredLayer {
  readonly layer: LayerInfo;
  readonly shape: MapsShape;
  /** All samples, then each class. */
  readonly groups: readonly SampleGroup[];
  readonly options: MeasureOptions;
  readonly attempts: MeasureAttempts;
  /** Entropies of the maps, each channel a map; of a dense layer, whose units have none, of its vector as one map. */
  readonly entropies: () => {channels: IntraSampleEntropy; whole: IntraSampleEntropy};
  /** Distances of all pairs of samples: the costly part of what compares samples. */
  readonly distances: () => PairDistances;
  /** Smallest and largest finite value of each sample. */
  readonly limits: () => ReturnType<typeof limitsInBlocks>;
  readonly #finite: () => Set<number>;
  readonly #spectra = new Map<SampleGroup, () => MatrixEntropy>();

  /** @param source - The maps, [samples, pixels, channels]. */
  constructor(layer: LayerInfo, source: LayerSamples, options: MeasureOptions) {
    const {labels, classes, bins, range} = options;
    this.layer = layer;
    this.options = options;
    this.groups = sampleGroups(labels, classes);
    this.attempts = new MeasureAttempts(layer.name);
    const shape = {samples: labels.length, pixels: pixelsOf(layer), channels: layer.channels};
    const flat = {samples: shape.samples, features: shape.pixels * shape.channels};
    this.shape = shape;
    const entropyOf = options.intraSampleEntropy ?? intraSampleEntropy;
    this.entropies = once(() => {
      const channels = entropyOf(source, shape, {bins, range});
      const whole = shape.pixels === 1 ? entropyOf(source, layerAsOneMap(shape), {bins, range}) : channels;
      return {channels, whole};
    });
    this.distances = once(() => PairDistances.inBlocks(source, flat, options.squaredDistances));
    this.limits = once(() => limitsInBlocks(source, flat));
    this.#finite = once(() => new Set(finiteInBlocks(source, flat)));
  }

  /** Distances among the samples of a group. */
  among({members}: SampleGroup): PairDistances {
    return this.distances().among(members);
  }

  /** Matrix entropy of the samples of a group. */
  matrixEntropy(group: SampleGroup): MatrixEntropy {
    const known = this.#spectra.get(group) ?? once(() => matrixEntropyOf(this.among(group)));
    this.#spectra.set(group, known);
    return known();
  }

  /** Samples of a group, and those of them without a NaN or an infinity, whether or not they could be compared. */
  counts({members}: SampleGroup): {n: number; samples: number} {
    return {n: members.filter(sample => this.#finite().has(sample)).length, samples: members.length};
  }
}
