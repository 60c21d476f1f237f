import type {
  CapacityQuery,
  InterSampleQuery,
  IntraSampleQuery,
  LayerInfo,
  Query,
  QueryResult,
  Slice,
} from '../shared/index.js';
import type {Run} from '../store/index.js';
import type {Job} from '../measures/answer/compute.js';
import {membersOf, readLayerMaps} from '../measures/slice/layer-maps.js';
import type {ResolvedSlice} from '../measures/slice/resolve-slice.js';

/** A run that answers questions. */
interface AskedRun extends Run {
  query(query: Query, job?: Job): Promise<QueryResult>;
}

/** The maps of one channel of one layer at one epoch, for the samples of a slice. */
export interface SlicedMaps {
  epoch: number;
  layer: LayerInfo;
  channel: number;
  /** Probe samples by index. */
  samples: number[];
  /** Class index of each sample. */
  labels: number[];
  /** [samples, pixels], row-major. */
  maps: Float32Array;
}

/** A part of the hypercube that exists. Nothing of it is read until it is gone through or measured. */
export class CubeSlice {
  readonly #run: AskedRun;
  readonly #slice: Slice;
  readonly #resolved: ResolvedSlice;

  /** Use {@link Cube.slice}. */
  constructor(run: AskedRun, slice: Slice, resolved: ResolvedSlice) {
    this.#run = run;
    this.#slice = slice;
    this.#resolved = resolved;
  }

  /** The layers of the slice, in the order of the model. */
  get layers(): readonly LayerInfo[] {
    return this.#resolved.layers;
  }

  /** Captured epochs. */
  get epochs(): readonly number[] {
    return this.#resolved.epochs;
  }

  /** Iterates over the feature maps, one record batch at a time: epoch by epoch, layer by layer, channel by channel. */
  async *maps(): AsyncGenerator<SlicedMaps> {
    const {epochs, layers, channels, sets} = this.#resolved;
    for (const epoch of epochs) {
      for (const layer of layers) {
        for (const channel of channels ?? Array.from({length: layer.channels}, (_, i) => i)) {
          const read = await readLayerMaps(this.#run, epoch, layer, [channel]);
          const samples = sets.flatMap(set => [...membersOf(read, set)]);
          const maps = new Float32Array(samples.length * read.pixels);
          for (const [i, sample] of samples.entries()) {
            maps.set(read.maps.subarray(sample * read.pixels, (sample + 1) * read.pixels), i * read.pixels);
          }
          yield {epoch, layer, channel, samples, labels: samples.map(i => read.labels[i] as number), maps};
        }
      }
    }
  }

  /** Intra-sample entropy of each channel: `H(…)`. */
  entropy(options: IntraSampleQuery['options'] = {}, job: Job = {}): Promise<QueryResult> {
    return this.#run.query({measure: 'H', slice: this.#slice, options}, job);
  }

  /** Inter-sample entropy of each layer: `Hx(…)`. */
  interSampleEntropy(options: InterSampleQuery['options'] = {}, job: Job = {}): Promise<QueryResult> {
    return this.#run.query({measure: 'Hx', slice: this.#slice, options}, job);
  }

  /** Channel capacity between this part and another of the same samples and epochs: `C(…, …)`. */
  capacity(to: CubeSlice, options: CapacityQuery['options'] = {}, job: Job = {}): Promise<QueryResult> {
    return this.#run.query({measure: 'C', from: this.#slice, to: to.#slice, options}, job);
  }
}
