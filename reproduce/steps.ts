/** Something that is done once. */
export interface Step {
  name: string;
  /** How long it takes against the others. */
  weight: number;
  run(): Promise<'done' | 'kept'>;
}

/**
 * Runs the steps, reporting progress and the estimated remaining time of each. Results kept from an
 * earlier run take no time, so they do not count for the estimate.
 *
 * @throws The signal's reason once it is aborted.
 */
export async function runSteps(
  steps: readonly Step[],
  {signal, say}: {signal: AbortSignal; say: (line: string) => void},
): Promise<void> {
  let left = steps.reduce((sum, {weight}) => sum + weight, 0);
  const total = left;
  let [doneWeight, doneMs] = [0, 0];
  for (const [i, step] of steps.entries()) {
    const {name, weight} = step;
    signal.throwIfAborted();
    const about = doneWeight === 0 ? '' : `, about ${minutes((doneMs / doneWeight) * left)} left`;
    say(`[${bar(1 - left / total)}] ${i + 1}/${steps.length} ${name}${about}`);
    const startMs = performance.now();
    if ((await step.run()) === 'done') {
      doneMs += performance.now() - startMs;
      doneWeight += weight;
    }
    left -= weight;
  }
  signal.throwIfAborted();
  say(`[${bar(1)}] done in ${minutes(doneMs)}`);
}

function minutes(ms: number): string {
  return ms < 60_000 ? `${Math.ceil(ms / 1000)} s` : `${Math.ceil(ms / 60_000)} min`;
}

function bar(share: number): string {
  const full = Math.round(share * 20);
  return '#'.repeat(full) + '-'.repeat(20 - full);
}
