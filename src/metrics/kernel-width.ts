/**
 * The width s > 0 with `sum over j of exp(-d_j / s) = target`, for z zero distances among n: the sum grows with s
 * from z to n, so there is exactly one s when z < target < n.
 *
 * Newton's method on u = 1/s from u = 0: in u the sum is convex and falls, so that each step stops short of the
 * solution and the next continues from there; no bracket is needed. The residual ends below 1e-12, or at the last step
 * that float64 can take.
 *
 * @param distances - [n], >= 0 and finite.
 * @param target - Above the number of zero distances and below n.
 * @see Shen & Shen 2020, eq. 5.
 */
export function kernelWidth(distances: Float64Array, target: number): number {
  let u = 0;
  for (;;) {
    let residual = -target;
    let slope = 0;
    for (let j = 0; j < distances.length; j++) {
      const weight = Math.exp(-distances[j] * u);
      residual += weight;
      slope += distances[j] * weight;
    }
    const next = u + residual / slope;
    // So written, it also ends where a distance is not finite.
    if (!(residual > 1e-12) || next === u) return 1 / u;
    u = next;
  }
}
