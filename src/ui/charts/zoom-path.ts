import type {Camera} from './circles-spec.js';

/** Weight of zooming against panning: the value that readers prefer, section 6 of the paper. */
const rho = Math.SQRT2;

/**
 * The camera on the shortest smooth way between two: it draws back, moves and comes closer at an even perceived speed.
 *
 * @param share - Share of the way, 0..1.
 * @see van Wijk and Nuij, Smooth and efficient zooming and panning, 2003, equations 9 and 10.
 */
export function cameraBetween(from: Camera, to: Camera, share: number): Camera {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const distance = Math.hypot(dx, dy);
  // Without a way to go the camera zooms alone.
  if (distance < 1e-6) {
    const width = from.width * (to.width / from.width) ** share;
    return {x: from.x + share * dx, y: from.y + share * dy, width};
  }
  const rise = to.width ** 2 - from.width ** 2;
  const pull = rho ** 4 * distance ** 2;
  const angle = (sum: number, width: number): number => -Math.asinh(sum / (2 * width * rho ** 2 * distance));
  const [start, end] = [angle(rise + pull, from.width), angle(rise - pull, to.width)];
  const at = start + share * (end - start);
  const gone = (from.width / (rho ** 2 * distance)) * (Math.cosh(start) * Math.tanh(at) - Math.sinh(start));
  return {
    x: from.x + gone * dx,
    y: from.y + gone * dy,
    width: (from.width * Math.cosh(start)) / Math.cosh(at),
  };
}
