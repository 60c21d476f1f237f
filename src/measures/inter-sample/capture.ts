import {
  channelEntropy,
  interSampleEntropyOf,
  unlessEqual,
  type IntraSampleEntropy,
} from '../../metrics/index.js';
import {failedInterSampleEntropy} from '../../metrics/inter-sample-entropy.js';
import {failedMatrixEntropy} from '../../metrics/matrix-entropy.js';
import type {LayerEntropyRow} from '../../shared/index.js';
import {meanOfDefined} from '../../shared/mean.js';
import type {MeasuredLayer} from '../capture/measured-layer.js';
import type {SampleGroup} from '../capture/sample-groups.js';
import {TITLE as INTRA} from '../intra-sample/capture.js';
import {layerEntropyRow} from './layer-entropy-row.js';

/** As failures name them. */
const INTER = 'inter-sample entropy';
const MATRIX = 'matrix entropy';

/** The rows of a layer in `layer_entropy`. */
export function captureInterSample(measured: MeasuredLayer): {layer_entropy: LayerEntropyRow[]} {
  const {layer, groups} = measured;
  const {epoch} = measured.options;
  const limits = measured.limits();
  const rows = groups.map(group => {
    const values = {limits, intraMean: intraMean(measured, group), ...amongSamples(measured, group)};
    return layerEntropyRow(values, group, {epoch, layer: layer.name});
  });
  return {layer_entropy: rows};
}

function amongSamples(measured: MeasuredLayer, group: SampleGroup) {
  const {attempts} = measured;
  const {k} = measured.options;
  const inter = () => unlessEqual(interSampleEntropyOf(measured.among(group), {k}));
  const matrix = () => measured.matrixEntropy(group);
  return {
    inter: attempts.try([INTER], inter, () => failedInterSampleEntropy(measured.counts(group), {k})),
    matrix: attempts.try([MATRIX], matrix, () => failedMatrixEntropy(measured.counts(group))),
  };
}

/** Mean intra-sample entropy of a group, bits; null where no channel has one. */
function intraMean(measured: MeasuredLayer, {members}: SampleGroup): number | null {
  return measured.attempts.try(
    [INTRA],
    () => meanOverChannels(measured.entropies().whole, members),
    () => null,
  );
}

/** Mean of the channels that have an entropy, bits. */
function meanOverChannels(entropy: IntraSampleEntropy, members: Int32Array): number | null {
  return meanOfDefined([...channelEntropy(entropy, members).mean.filter(Number.isFinite)]);
}
