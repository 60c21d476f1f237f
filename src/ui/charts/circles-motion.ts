import type {Camera} from './circles-spec.js';
import {cameraBetween} from './zoom-path.js';

/** Moving state of a drawing of circles. */
export interface CirclesFrame {
  camera: Camera;
  radii: Float64Array;
}

/** Long enough for the eye to follow an object, short enough not to wait for. */
export const motionMs = 240;

/**
 * The frame at a share of the way between two: the camera on a smooth zoom, radii straight. A circle that has no area
 * at either end takes its new state at once.
 *
 * @param share - 0..1; eased in and out.
 */
export function frameBetween(from: CirclesFrame, to: CirclesFrame, share: number): CirclesFrame {
  if (share >= 1) return to;
  const eased = share * share * (3 - 2 * share);
  const radii = to.radii.map((end, i) => {
    const start = from.radii[i] ?? Number.NaN;
    return start > 0 && end > 0 ? start + (end - start) * eased : end;
  });
  return {camera: cameraBetween(from.camera, to.camera, eased), radii};
}

/**
 * Draws from one frame to another, beginning with the browser's next frame. Where they are the same, or cannot be
 * compared, or the reader asks for less motion, the last one is drawn alone.
 *
 * @returns Stops it where it is.
 */
export function play(from: CirclesFrame, to: CirclesFrame, draw: (frame: CirclesFrame) => void): () => void {
  if (from === to || from.radii.length !== to.radii.length || asksForStillness()) {
    const still = requestAnimationFrame(() => draw(to));
    return () => cancelAnimationFrame(still);
  }
  const startedMs = performance.now();
  const step = (nowMs: number): void => {
    const share = Math.min(1, Math.max(0, (nowMs - startedMs) / motionMs));
    draw(frameBetween(from, to, share));
    if (share < 1) request = requestAnimationFrame(step);
  };
  let request = requestAnimationFrame(step);
  return () => cancelAnimationFrame(request);
}

function asksForStillness(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}
