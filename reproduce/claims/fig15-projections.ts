import {deconvnet, modelAt} from 'cnnslicer';
import {mnist} from 'cnnslicer/datasets';
import {intraSampleEntropy} from 'cnnslicer/metrics';
import type {Claim} from '../claim.js';
import {ask, lastEpoch} from '../lab.js';
import {mean} from '../statistics.js';

const IMAGES = 20;

export const projections: Claim = {
  id: 'fig15-projections',
  figure: 'fig15',
  paper: 'The deconvnet projection of a low-entropy filter has less detail.',
  statistic:
    'entropy of the projections (32 bins, own range), bits: the quarter of conv2d_2 with the highest intra-sample entropy minus the lowest',
  threshold: 0,
  otherwise: 'a filter that responds at few places can still project a sharp stroke.',
  async measure(lab, seed) {
    const cube = await lab.mnist(seed);
    const epoch = await lastEpoch(cube);
    const channels = (await ask(cube, `H(dCNN(*, conv2d_2, *, ${epoch}))`))
      .map(row => ({channel: Number(row['channel']), bits: Number(row['bits'] ?? 0)}))
      .sort((a, b) => a.bits - b.bits);
    const {xs: pixels} = await mnist.load('test', IMAGES, {seed});
    const model = await modelAt(lab.tf, cube, epoch);
    const xs = lab.tf.tensor4d(pixels, [IMAGES, 28, 28, 1]);
    try {
      const order = channels.map(({channel}) => channel);
      const {inputs} = await deconvnet(lab.tf, model, xs, {
        layer: 'conv2d_2',
        channels: order,
      });
      const values = inputs[0]?.values ?? new Float32Array();
      const size = IMAGES * 28 * 28;
      const rows = channels.map(({channel, bits}, i) => ({
        seed,
        channel,
        bits,
        projection_bits: mean([
          ...intraSampleEntropy(
            values.subarray(i * size, (i + 1) * size),
            {samples: IMAGES, channels: 1, pixels: 28 * 28},
            {bins: 32, range: 'map'},
          ).bits,
        ]),
      }));
      return {value: quarterGap(rows.map(row => row.projection_bits)), rows};
    } finally {
      xs.dispose();
      model.dispose();
    }
  },
};

/** Mean of the last quarter minus that of the first. */
export function quarterGap(values: readonly number[]): number {
  const quarter = Math.floor(values.length / 4);
  return mean(values.slice(-quarter)) - mean(values.slice(0, quarter));
}
