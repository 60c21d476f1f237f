/** One line of the bench's table; the same shape goes into its JSON. */
export interface BenchResult {
  name: string;
  unit: string;
  /** Median of the runs. */
  value: number;
  /** The alternative it was compared with, side by side in the same run. */
  peer?: {name: string; value: number};
  /** `peer.value / value` where less is better: how many times faster. */
  ratio?: number;
  runs: number;
  /** Context for judging the number. */
  note?: string;
}
