import {mnist} from 'cnnslicer/datasets';
import type {Claim} from '../claim.js';
import type {Row} from '../row.js';

/** Inter-sample entropy of the training digits themselves; an even draw of each size. */
export const inputEntropy: Claim = {
  id: 'fig05-input-entropy',
  figure: 'fig5',
  paper: 'Inter-sample entropy grows with the number of input samples (19.898, 22.960, 24.094, 25.162 bits).',
  statistic: 'smallest step, in bits, from one input size to the next, k = 15',
  threshold: 0,
  otherwise: 'a larger draw with the same k should have more edges; look at clamped points.',
  async measure(lab, seed) {
    const rows: Row[] = [];
    for (const size of lab.plan.mnistSizes) {
      const {xs, labels} = await mnist.load('train', size * 10, {seed});
      const shape = {samples: labels.length, features: xs.length / labels.length};
      const {bits, log2Edges} = await lab.pool.interSampleEntropy(xs, shape, {k: 15});
      rows.push({seed, samples: labels.length, k: 15, bits, log2_edges: log2Edges});
    }
    const bits = rows.map(row => Number(row['bits']));
    return {value: Math.min(...bits.slice(1).map((value, i) => value - (bits[i] ?? 0))), rows};
  },
};
