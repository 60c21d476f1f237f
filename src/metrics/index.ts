/**
 * The information theory: pure functions on typed arrays. Loads neither TensorFlow.js nor anything of Node.
 *
 * @module cnnslicer/metrics
 */
export {pixelsOf} from '../shared/layer-size.js';
export type {CapacityBaseline} from './capacity-baseline.js';
export type {ChannelCapacity} from './capacity-from-joint.js';
export {channelCapacity, type CapacityOptions} from './channel-capacity.js';
export {channelEntropy, type ChannelEntropy} from './channel-entropy.js';
export {classEntropies, type ClassEntropies} from './class-entropies.js';
export {confusionMatrix} from './confusion-matrix.js';
export {effectiveRank, effectiveRankOf, type EffectiveRank} from './effective-rank.js';
export {
  interSampleEntropy,
  interSampleEntropyOf,
  unlessEqual,
  type InterSampleEntropy,
  type InterSampleOptions,
} from './inter-sample-entropy.js';
export {
  intraSampleEntropy,
  type IntraSampleEntropy,
  type IntraSampleMeasure,
  type IntraSampleOptions,
} from './intra-sample-entropy.js';
export {jointHistogram} from './joint-histogram.js';
export {kNearestNeighbors, type Neighbors} from './k-nearest-neighbors.js';
export {matrixEntropy, matrixEntropyOf, type MatrixEntropy} from './matrix-entropy.js';
export {pearsonCorrelation} from './pearson-correlation.js';
export {pairCodes, type PairCodes, type PairCodesOptions} from './pair-codes.js';
export {PairDistances} from './pair-distances.js';
export type {Kernel} from './neighbor-weights.js';
export {shannonEntropy} from './shannon-entropy.js';
export {layerAsOneMap, type ChannelMajorShape, type MapsShape, type SamplesShape} from './shapes.js';
export type {RangeRule} from './value-range.js';
export type {SquaredDistances} from './squared-distances.js';
export {samplesOf, type LayerSamples} from './layer-samples.js';
