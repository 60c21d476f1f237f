/** [sum of a, sum of b, sum of c, sum of d], of four lanes of T each. */
// @ts-ignore: decorator
@inline
export function laneSums<T>(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = v128.add<T>(v128.shuffle<T>(a, b, 0, 4, 1, 5), v128.shuffle<T>(a, b, 2, 6, 3, 7));
  const cd = v128.add<T>(v128.shuffle<T>(c, d, 0, 4, 1, 5), v128.shuffle<T>(c, d, 2, 6, 3, 7));
  return v128.add<T>(v128.shuffle<T>(ab, cd, 0, 1, 4, 5), v128.shuffle<T>(ab, cd, 2, 3, 6, 7));
}
