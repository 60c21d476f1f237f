/** Shares of `budget.memory`. */
export const MEMORY_SHARES = {
  /** One sample's activations: larger layers are left out. */
  sample: 1 / 4,
  /** One batch's activations: it is there several times on its way. */
  batch: 1 / 16,
  /** Batches that are on their way to the recorder. */
  sending: 1 / 8,
  /** An epoch's activations that are held; of a larger one all wait on disk. */
  held: 1 / 4,
  /** Samples that are read to be measured at once. */
  block: 1 / 10,
} as const;

/**
 * The recorder's thread with what it has loaded, what it draws and writes an epoch with, and batches that it is done with
 * but the garbage collector is not; as measured, and some more.
 */
const RECORDER = 216e6;

export interface CaptureSizes {
  /** Activations of one sample. */
  sampleBytes: number;
  samples: number;
  /** The model's inputs of all samples. */
  inputBytes: number;
  /** Samples in one forward pass. */
  batchSize: number;
}

/** Returns the part of an epoch's activations that is held in memory: all or nothing. */
export function heldBytes(
  {sampleBytes, samples}: Pick<CaptureSizes, 'sampleBytes' | 'samples'>,
  memory: number,
): number {
  const all = sampleBytes * samples;
  return all <= memory * MEMORY_SHARES.held ? all : 0;
}

/**
 * Maximum memory of a capture in addition to the training: the inputs, a batch in the backend and as it is read, batches on
 * their way, and what is held to be measured (twice: that of the epoch before waits for the garbage collector), or what
 * is read of it; and once more for the kernels.
 *
 * @param memory - The budget.
 */
export function memoryBytes(sizes: CaptureSizes, memory: number): number {
  const {sampleBytes, samples, inputBytes, batchSize} = sizes;
  const all = sampleBytes * samples;
  const batch = sampleBytes * Math.min(batchSize, samples);
  const sending = Math.max(batch, Math.min(all, memory * MEMORY_SHARES.sending));
  const block = Math.min(Math.max(all, inputBytes), memory * MEMORY_SHARES.block);
  const held = heldBytes(sizes, memory);
  return inputBytes + 2 * batch + sending + (held > 0 ? 2 * held + block : 2 * block) + RECORDER;
}
