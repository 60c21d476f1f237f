import {seededRandom, shuffle} from './random.js';

/**
 * Draws `count` samples, an even share of each class (what a small class lacks goes to the others), and returns their
 * indices. They come one class after the other in turn, so that the first n are an even draw too.
 */
export function drawStratified(labels: ArrayLike<number>, count: number, seed: number): number[] {
  const random = seededRandom(seed);
  const byClass = new Map<number, number[]>();
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] as number;
    const members = byClass.get(label);
    if (members) members.push(i);
    else byClass.set(label, [i]);
  }
  const queues = [...byClass.entries()]
    .sort(([a], [b]) => a - b)
    .map(([, members]) => shuffle(members, random));
  const picked: number[] = [];
  for (let round = 0; picked.length < count; round++) {
    for (const queue of queues) {
      const index = queue[round];
      if (index !== undefined && picked.length < count) picked.push(index);
    }
  }
  return picked;
}
