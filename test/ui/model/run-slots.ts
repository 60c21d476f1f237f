import test from 'ava';
import {seededRandom, shuffle} from '#src/shared/index.js';
import {runSlots} from '#ui/model/run-slots.js';

const known = Array.from({length: 60}, (_, i) => `run-${i}`);
const size = 8;

test('with no more runs than places, a place depends on the run alone', t => {
  const few = known.slice(0, size);
  const all = runSlots(new Map(), {selected: few, known: few, size});
  for (const selected of [few.slice(3), [...few].reverse(), few.slice(5, 6)]) {
    const slots = runSlots(new Map(), {selected, known: few, size});
    for (const id of selected) t.is(slots.get(id), all.get(id), id);
  }
});

for (const seed of [1, 2, 3, 4, 5]) {
  test(`whatever is added, removed or sorted, a run keeps its place, and no two share one (seed ${seed})`, t => {
    const random = seededRandom(seed);
    let slots: ReadonlyMap<string, number | null> = new Map();
    let selected: string[] = [];
    for (let step = 0; step < 200; step++) {
      const id = known[Math.floor(known.length * random())] as string;
      const before = slots;
      const stayed = selected;
      selected = shuffle(
        selected.includes(id) ? selected.filter(other => other !== id) : [...selected, id],
        random,
      );
      if (selected.length > 20) selected = selected.slice(5);
      slots = runSlots(slots, {selected, known, size});
      const shown = selected.flatMap(run => slots.get(run) ?? []);
      t.is(new Set(shown).size, shown.length);
      t.is(shown.length, Math.min(size, selected.length), 'no place is left free while a run has none');
      for (const run of selected) {
        const place = before.get(run) ?? null;
        if (stayed.includes(run) && place !== null) t.is(slots.get(run), place, `${run} at step ${step}`);
      }
    }
  });
}

test('a run that is taken out and added again has its place again', t => {
  const chosen = known.slice(10, 14);
  const first = runSlots(new Map(), {selected: chosen, known, size});
  const less = runSlots(first, {selected: chosen.slice(0, 2), known, size});
  const again = runSlots(less, {selected: chosen.toReversed(), known, size});
  for (const id of chosen) t.is(again.get(id), first.get(id));
});
