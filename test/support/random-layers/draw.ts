import type {Random} from '#src/shared/index.js';

/** Choices of a seeded generator. */
export interface Draw {
  /** An integer of low..high, both included. */
  int: (low: number, high: number) => number;
  pick: <T>(items: readonly T[]) => T;
  flag: () => boolean;
  /** A standard normal value. */
  normal: () => number;
}

export function drawFrom(random: Random): Draw {
  const int = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));
  return {
    int,
    pick: items => items[int(0, items.length - 1)] as (typeof items)[number],
    flag: () => random() < 0.5,
    normal: () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
  };
}
