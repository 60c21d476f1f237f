import {channelCapacity, interSampleEntropy, intraSampleEntropy, pairCodes} from '../metrics/index.js';
import type {Compute} from './compute.js';

/** The plain measures in the caller's thread. */
export class MetricsPool implements Compute {
  static create(options: {threads?: number} = {}): Promise<MetricsPool> {
    void options;
    return Promise.resolve(new MetricsPool());
  }
  pairCodes: Compute['pairCodes'] = (maps, shape, {bins} = {}) =>
    Promise.resolve(pairCodes(maps, shape, bins === undefined ? {} : {bins}));
  channelCapacity: Compute['channelCapacity'] = (from, to, options) =>
    Promise.resolve(channelCapacity(from, to, options));
  interSampleEntropy: Compute['interSampleEntropy'] = (x, shape, options) =>
    Promise.resolve(interSampleEntropy(x, shape, options));
  intraSampleEntropy: Compute['intraSampleEntropy'] = (maps, shape, options) =>
    Promise.resolve(intraSampleEntropy(maps, shape, options));
  close(): Promise<void> {
    return Promise.resolve();
  }
}
