/** QL sweeps after which an eigenvalue is taken not to converge, as in EISPACK; five are many. */
const MAX_SWEEPS = 30;

/**
 * Eigenvalues of a real symmetric matrix, without its eigenvectors: Householder reduction to a tridiagonal matrix, then
 * implicit QL. Leaving the vectors out makes it some ten times faster than a full decomposition.
 *
 * @param matrix - [n, n], row-major, finite; only the lower triangle is read. Overwritten.
 * @returns n eigenvalues, in no order; absolute error of about 1e-15 times the largest.
 * @throws {RangeError} if an eigenvalue does not converge, as with values that are not finite.
 * @see Golub & Van Loan, Matrix Computations, sections 8.3.1 and 8.3.3; EISPACK's tql1 for what is negligible.
 */
export function symmetricEigenvalues(matrix: Float64Array, n: number): Float64Array {
  const diagonal = new Float64Array(n);
  const offDiagonal = new Float64Array(n); // element i couples i and i + 1
  tridiagonalize(matrix, n, diagonal, offDiagonal);
  const negligible = Number.EPSILON * largestRow(diagonal, offDiagonal);
  for (let first = 0; first < n; first++) isolate(diagonal, offDiagonal, first, negligible);
  return diagonal;
}

/**
 * Scale for negligible off-diagonals: the largest value of the matrix, not the two neighbours. If the rank is low,
 * nearly all of the diagonal is rounding noise, and compared with noise an off-diagonal never becomes negligible.
 */
function largestRow(diagonal: Float64Array, offDiagonal: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < diagonal.length; i++) {
    largest = Math.max(largest, Math.abs(diagonal[i]) + Math.abs(offDiagonal[i]));
  }
  return largest;
}

/** Reflects away all but the diagonal and the one below it, from the last row up. */
function tridiagonalize(a: Float64Array, n: number, diagonal: Float64Array, offDiagonal: Float64Array): void {
  const p = new Float64Array(n);
  for (let row = n - 1; row > 0; row--) {
    const v = a.subarray(row * n, row * n + row);
    diagonal[row] = a[row * n + row];
    let scale = 0; // keeps the squares from underflow
    for (let k = 0; k < row; k++) scale = Math.max(scale, Math.abs(v[k]));
    if (scale === 0) continue;
    let norm2 = 0;
    for (let k = 0; k < row; k++) {
      v[k] /= scale;
      norm2 += v[k] * v[k];
    }
    const last = v[row - 1];
    const reflected = last > 0 ? -Math.sqrt(norm2) : Math.sqrt(norm2);
    offDiagonal[row - 1] = scale * reflected;
    const half = norm2 - last * reflected; // v.v / 2 once v has its new last element
    v[row - 1] = last - reflected;
    reflect(a, n, v, half, p);
  }
  if (n > 0) diagonal[0] = a[0];
}

/** A <- H A H with H = I - v v' / half, in the leading block of v's size; only its lower triangle is kept. */
function reflect(a: Float64Array, n: number, v: Float64Array, half: number, p: Float64Array): void {
  const size = v.length;
  multiply(a, n, v, p);
  let pv = 0;
  for (let i = 0; i < size; i++) {
    p[i] /= half;
    pv += p[i] * v[i];
  }
  const shift = pv / (2 * half);
  for (let i = 0; i < size; i++) p[i] -= shift * v[i];
  // Two rows at a time, here and below: what they share is read once.
  let i = 0;
  for (; i + 1 < size; i += 2) {
    const [upper, lower] = [i * n, i * n + n];
    const [v0, v1, p0, p1] = [v[i], v[i + 1], p[i], p[i + 1]];
    for (let j = 0; j <= i; j++) {
      a[upper + j] -= v0 * p[j] + p0 * v[j];
      a[lower + j] -= v1 * p[j] + p1 * v[j];
    }
    a[lower + i + 1] -= 2 * v1 * p1;
  }
  if (i < size) for (let j = 0; j <= i; j++) a[i * n + j] -= v[i] * p[j] + p[i] * v[j];
}

/** p <- A v, of the lower triangle alone. */
function multiply(a: Float64Array, n: number, v: Float64Array, p: Float64Array): void {
  const size = v.length;
  p.fill(0, 0, size);
  let i = 0;
  for (; i + 1 < size; i += 2) {
    const [upper, lower] = [i * n, i * n + n];
    const [v0, v1] = [v[i], v[i + 1]];
    let sum0 = a[upper + i] * v0 + a[lower + i] * v1;
    let sum1 = a[lower + i] * v0 + a[lower + i + 1] * v1;
    for (let j = 0; j < i; j++) {
      const a0 = a[upper + j];
      const a1 = a[lower + j];
      sum0 += a0 * v[j];
      sum1 += a1 * v[j];
      p[j] += a0 * v0 + a1 * v1;
    }
    p[i] += sum0;
    p[i + 1] += sum1;
  }
  if (i === size) return;
  let sum = a[i * n + i] * v[i];
  for (let j = 0; j < i; j++) {
    sum += a[i * n + j] * v[j];
    p[j] += a[i * n + j] * v[i];
  }
  p[i] += sum;
}

/** Implicit QL with Wilkinson's shift until the off-diagonal after `first` vanishes. */
function isolate(d: Float64Array, e: Float64Array, first: number, negligible: number): void {
  for (let sweep = 0; ; sweep++) {
    const end = blockEnd(e, first, negligible);
    if (end === first) return;
    if (sweep === MAX_SWEEPS) {
      throw new RangeError(
        `symmetricEigenvalues: eigenvalue ${first} did not converge; are all values finite?`,
      );
    }
    let g = (d[first + 1] - d[first]) / (2 * e[first]);
    let r = Math.hypot(g, 1);
    g = d[end] - d[first] + e[first] / (g + (g < 0 ? -r : r));
    let sine = 1;
    let cosine = 1;
    let moved = 0;
    let i = end - 1;
    for (; i >= first; i--) {
      const f = sine * e[i];
      const b = cosine * e[i];
      r = Math.hypot(f, g);
      e[i + 1] = r;
      if (r === 0) {
        // The rotation ran out: the block splits here, and the sweep begins again.
        d[i + 1] -= moved;
        break;
      }
      sine = f / r;
      cosine = g / r;
      g = d[i + 1] - moved;
      r = (d[i] - g) * sine + 2 * cosine * b;
      moved = sine * r;
      d[i + 1] = g + moved;
      g = cosine * r - b;
    }
    e[end] = 0;
    if (i >= first) continue;
    d[first] -= moved;
    e[first] = g;
  }
}

/** Returns the end of the unreduced block that begins at `first`: the next negligible off-diagonal. */
function blockEnd(e: Float64Array, first: number, negligible: number): number {
  let end = first;
  // So written, it does not end at a NaN
  while (end < e.length - 1 && !(Math.abs(e[end]) <= negligible)) end++;
  return end;
}
