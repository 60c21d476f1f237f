/**
 * The t that a variable of Student's distribution exceeds in size with probability 1 - `share`: two-sided quantile.
 *
 * Bisection of the distribution function, which for whole degrees of freedom is a finite sum; right to 1e-12.
 *
 * @param freedom - Degrees of freedom, integer >= 1.
 * @param share - 0 < share < 1; 0.95 for an interval of 95 %.
 * @see Abramowitz & Stegun 1964, 26.7.3 and 26.7.4.
 */
export function studentQuantile(freedom: number, share: number): number {
  if (!Number.isInteger(freedom) || freedom < 1) {
    throw new RangeError(`studentQuantile: freedom must be an integer >= 1, got ${freedom}.`);
  }
  if (!(share > 0 && share < 1)) {
    throw new RangeError(`studentQuantile: share must lie between 0 and 1, got ${share}.`);
  }
  let [low, high] = [0, Math.PI / 2];
  for (let middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (shareWithin(middle, freedom) < share) low = middle;
    else high = middle;
  }
  return Math.sqrt(freedom) * Math.tan(low);
}

/** The probability that |T| <= sqrt(freedom) tan(angle). */
function shareWithin(angle: number, freedom: number): number {
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const odd = freedom % 2 === 1;
  let term = odd ? cosine : 1;
  let sum = freedom === 1 ? 0 : term;
  for (let power = odd ? 3 : 2; power <= freedom - 2; power += 2) {
    term *= ((power - 1) / power) * cosine ** 2;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (angle + sine * sum) : sine * sum;
}
