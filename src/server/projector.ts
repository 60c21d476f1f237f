/** A question to a {@link Projector}. */
export interface ProjectionRequest {
  /** The run folder. */
  dir: string;
  epoch: number;
  layer: string;
  channel: number;
  /** Probe samples by index. */
  samples: number[];
}

/** Projections of one channel of a layer for some samples; the first axis of both is the samples. */
export interface ProjectedSamples {
  /** Back in input space, [samples, ...inputShape]. */
  projections: Float32Array;
  inputShape: number[];
  /** The channel's feature maps, [samples, ...mapShape]. */
  maps: Float32Array;
  mapShape: number[];
}

/** Projects a channel back to the input. It needs TensorFlow.js, so the caller that starts the server provides it. */
export type Projector = (request: ProjectionRequest) => Promise<ProjectedSamples>;
