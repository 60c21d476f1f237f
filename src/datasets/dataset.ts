/** A labelled set of real images for classification. */
export interface Dataset {
  /** As the command line calls it. */
  name: string;
  /** As people call it. */
  title: string;
  /** [height, width, channels] of an image. */
  shape: readonly [height: number, width: number, channels: number];
  classNames: readonly string[];
  /**
   * Images drawn with a seed, an even number of each class, one of each class in turn.
   *
   * @param set - What to train on, or what to test with; they share no image.
   * @param count - How many; all where there are fewer.
   * @throws {Error} if the data are neither here nor to be had; says what to do.
   * @throws The signal's reason.
   */
  load(set: DatasetPart, count: number, options: LoadOptions): Promise<LabelledImages>;
}

/** The part of a dataset: images to train on, or held out. */
export type DatasetPart = 'train' | 'test';

/** Options of loading a part of a dataset. */
export interface LoadOptions {
  seed: number;
  /** Told how far a set is that is fetched and unpacked on first use. */
  onPreparation?: (preparation: Preparation) => void;
  /** Aborted: fetching and unpacking end, and leave nothing. */
  signal?: AbortSignal | undefined;
}

/** How far the fetching or unpacking of a dataset is. */
export interface Preparation {
  /** What is being done, for people: "fetching CIFAR-10 …". */
  step: string;
  /** Share of the step that is done, 0..1. */
  done: number;
}

/** Images of a dataset with their classes. */
export interface LabelledImages {
  /** [images, height, width, channels], row-major, 0..1. */
  xs: Float32Array;
  /** Class of each image. */
  labels: Int32Array;
}

/** A whole part as it lies on disk. */
export interface PackedImages {
  /** [images, height, width, channels], row-major, 0..255. */
  pixels: Uint8Array;
  /** Class of each image. */
  labels: Uint8Array;
}
