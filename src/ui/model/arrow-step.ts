/** A step on a surface; of the two one is 0. */
export interface ArrowStep {
  right: -1 | 0 | 1;
  down: -1 | 0 | 1;
}

const steps = new Map<string, ArrowStep>([
  ['ArrowLeft', {right: -1, down: 0}],
  ['ArrowRight', {right: 1, down: 0}],
  ['ArrowUp', {right: 0, down: -1}],
  ['ArrowDown', {right: 0, down: 1}],
]);

/** Returns the step that an arrow key makes; null for any other key. */
export function arrowStep(key: string): ArrowStep | null {
  return steps.get(key) ?? null;
}

/** A key that was used here is not used by the page, nor by the browser. */
export function claim(event: Pick<Event, 'preventDefault' | 'stopPropagation'>): void {
  event.preventDefault();
  event.stopPropagation();
}
