/** Something that is done once; `weight` is how long it takes against the others. */
export interface Step {
  name: string;
  weight: number;
  run(): Promise<void>;
}

/** Goes through the steps, saying for each where it stands and about how long the rest takes. */
export async function goThrough(steps: readonly Step[]): Promise<void> {
  const total = steps.reduce((sum, {weight}) => sum + weight, 0);
  const startMs = performance.now();
  let done = 0;
  for (const [i, step] of steps.entries()) {
    const left = done > 0 ? ((performance.now() - startMs) / done) * (total - done) : Number.NaN;
    const about = Number.isNaN(left) ? '' : `, about ${Math.ceil(left / 60_000)} min left`;
    console.log(`[${bar(done / total)}] ${i + 1}/${steps.length} ${step.name}${about}`);
    await step.run();
    done += step.weight;
  }
  console.log(`[${bar(1)}] done in ${((performance.now() - startMs) / 60_000).toFixed(1)} min`);
}

function bar(share: number): string {
  const full = Math.round(share * 20);
  return '#'.repeat(full) + '-'.repeat(20 - full);
}
