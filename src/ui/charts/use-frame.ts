import {useLayoutEffect} from 'preact/hooks';

/**
 * Draws in the next frame after a change, once for all changes until then. Text on a canvas makes the browser work out
 * the page's styles: drawn amid the changes of a step, every chart would have it done again.
 */
export function useFrame(draw: () => void, inputs: readonly unknown[]): void {
  useLayoutEffect(() => {
    const request = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(request);
  }, inputs);
}
