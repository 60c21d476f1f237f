import {samplesOf, interSampleEntropyOf, unlessEqual, type SquaredDistances} from '../../metrics/index.js';
import {PairDistances} from '../../metrics/pair-distances.js';
import type {TrainingSetRow} from '../../shared/index.js';
import type {TrainingSetData} from '../../shared/recording/run-parts.js';

/**
 * Inter-sample entropy of each input of a training set, in bits: how much what a model is trained with varies. It follows
 * n, so compare sets by their n and k, too.
 *
 * @see Shen & Shen 2020, Fig. 5 (B).
 */
export function trainingSetEntropy(
  {given, samples, inputs}: TrainingSetData,
  {k, squaredDistances}: {k: number; squaredDistances: SquaredDistances},
): Omit<TrainingSetRow, 'epoch'>[] {
  return inputs.map(({name, values}) => {
    const shape = {samples, features: values.length / samples};
    const distances = PairDistances.inBlocks(samplesOf(values, samples), shape, squaredDistances);
    const entropy = unlessEqual(interSampleEntropyOf(distances, {k}));
    const {bits, log2Edges, k: used, n, invalid, clamped, reason} = entropy;
    return {layer: name, given, bits, log2_edges: log2Edges, k: used, n, invalid, clamped, reason};
  });
}
