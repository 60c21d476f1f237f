export interface RunSlotsOptions {
  /** Runs on the page. */
  selected: readonly string[];
  /** Every known run, oldest first: what a run's preferred place is counted by. */
  known: readonly string[];
  /** How many places a palette has. */
  size: number;
}

/**
 * Gives the selected runs places in a palette that belong to them, not to their order: a run keeps its place whichever is
 * the primary one, and when others are added, removed or sorted; taken out and added again it has the same as before,
 * unless another has taken it.
 *
 * With no more runs than places, a run's place depends on the run alone. With more, a run whose place is taken gets the
 * next that is free, and where none is free it gets none: no two selected runs share a place.
 *
 * @param held - The places given before, also those of runs that are no longer selected.
 * @returns Places by run id, each of one run; null for a selected run without one.
 */
export function runSlots(
  held: ReadonlyMap<string, number | null>,
  {selected, known, size}: RunSlotsOptions,
): ReadonlyMap<string, number | null> {
  const age = new Map(known.map((id, i) => [id, i]));
  const byAge = [...selected].sort((a, b) => (age.get(a) ?? Infinity) - (age.get(b) ?? Infinity));
  const slots = new Map(held);
  const taken = new Set(selected.flatMap(id => held.get(id) ?? []));
  for (const id of byAge.filter(run => (held.get(run) ?? null) === null)) {
    const slot = firstFree(taken, (age.get(id) ?? 0) % size, size);
    if (slot !== null) {
      taken.add(slot);
      for (const [other, place] of slots) if (place === slot) slots.delete(other);
    }
    slots.set(id, slot);
  }
  return slots;
}

/** The first place that is free from `wanted` on, going round. */
function firstFree(taken: ReadonlySet<number>, wanted: number, size: number): number | null {
  for (let i = 0; i < size; i++) {
    const slot = (wanted + i) % size;
    if (!taken.has(slot)) return slot;
  }
  return null;
}
