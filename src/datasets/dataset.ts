/** A labelled set of real images for classification. */
export interface Dataset {
  /** Name on the command line. */
  name: string;
  /** Name in texts. */
  title: string;
  /** [height, width, channels] of an image. */
  shape: readonly [height: number, width: number, channels: number];
  classNames: readonly string[];
  /**
   * Images drawn with a seed, an even number of each class, one of each class in turn.
   *
   * @param set - What to train on, or what to test with; they share no image.
   * @param count - Number of images; all if there are fewer.
   * @throws {Error} if the data are missing and cannot be downloaded; says what to do.
   * @throws The signal's reason.
   */
  load(set: DatasetPart, count: number, options: LoadOptions): Promise<LabelledImages>;
}

/** The part of a dataset: images to train on, or held out. */
export type DatasetPart = 'train' | 'test';

/** Options of loading a part of a dataset. */
export interface LoadOptions {
  seed: number;
  /** Called with the progress of a set that is downloaded and unpacked on first use. */
  onPreparation?: (preparation: Preparation) => void;
  /** Aborted: fetching and unpacking end, and leave nothing. */
  signal?: AbortSignal | undefined;
}

/** How far the fetching or unpacking of a dataset is. */
export interface Preparation {
  /** The current step, in words: "fetching CIFAR-10 …". */
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
