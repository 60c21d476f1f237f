/** Mean, spread and extremes of numbers that come one at a time and are not kept (Welford 1962). */
export class RunningMoments {
  count = 0;
  mean = 0;
  min = Infinity;
  max = -Infinity;
  /** Sum of the squared deviations from the mean. */
  #squares = 0;

  add(value: number): void {
    this.count++;
    const deviation = value - this.mean;
    this.mean += deviation / this.count;
    this.#squares += deviation * (value - this.mean);
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
  }

  /** Population standard deviation; NaN for no numbers. */
  get std(): number {
    return Math.sqrt(this.#squares / this.count);
  }
}
