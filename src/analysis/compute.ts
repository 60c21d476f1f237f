import type {
  CapacityOptions,
  ChannelCapacity,
  ChannelMajorShape,
  InterSampleEntropy,
  InterSampleOptions,
  IntraSampleEntropy,
  IntraSampleOptions,
  MapsShape,
  PairCodes,
  SamplesShape,
} from '../metrics/index.js';

/** Stops work that nobody waits for any more, and tells how far it is: a share, 0..1. */
export interface Job {
  signal?: AbortSignal;
  onProgress?: (done: number) => void;
}

/** The heavy measures, computed elsewhere than in the caller's thread. */
export interface Compute {
  pairCodes(
    maps: Float32Array,
    shape: ChannelMajorShape,
    options?: {bins?: number} & Job,
  ): Promise<PairCodes>;
  channelCapacity(from: PairCodes, to: PairCodes, options?: CapacityOptions & Job): Promise<ChannelCapacity>;
  interSampleEntropy(
    x: Float32Array,
    shape: SamplesShape,
    options?: InterSampleOptions & Job,
  ): Promise<InterSampleEntropy>;
  intraSampleEntropy(
    maps: Float32Array,
    shape: MapsShape,
    options?: IntraSampleOptions & Job,
  ): Promise<IntraSampleEntropy>;
}
