/**
 * The largest values of options that cost memory or time, for the capture and for questions alike. Each is far above what
 * makes sense, and far below what would hold up a machine.
 */
export const LIMITS = {
  /** Bins of a histogram of a map's values. */
  bins: 4096,
  /** Bins of a channel's distances: their codes are bytes. */
  capacityBins: 256,
  /** Nearest neighbours of a sample. */
  k: 10_000,
  /** Shuffles of the samples. */
  permutations: 10_000,
  /** Threads of one run. */
  threads: 256,
} as const;
