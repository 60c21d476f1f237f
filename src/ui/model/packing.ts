import {packEnclose, packSiblings} from 'd3-hierarchy';
import type {ArrowStep} from './arrow-step.js';

/** A circle in the layout's own unit, y downwards. */
export interface Circle {
  x: number;
  y: number;
  r: number;
}

/** A circle that holds one of each slot. */
export interface Group extends Circle {
  /** Radius of the part that contains the slots, around the same centre; outside it there is room for a name. */
  inner: number;
}

/**
 * Two levels of circles that do not move: groups, and in every group the same slots at the same places, so that an
 * item is found again in every group and at every time. What changes is how much of its slot an item fills.
 */
export interface Packing {
  /** Extents of what holds all groups, around the origin. */
  width: number;
  height: number;
  /** Slots in reading order: rows from the top, each from the left. */
  groups: Group[];
  /** Places of the items, relative to the centre of their group. */
  slots: Circle[];
  /** Radius of a circle of value 1. */
  unit: number;
  /** Radius of the mark of an item that has no area. */
  mark: number;
}

/** The mark's radius as a share of the largest slot's; no slot is smaller. */
const markShare = 0.12;

/** Widths as shares of what they surround: between slots, the rim that holds a group's name, between groups. */
const gapShare = 0.06;
const rimShare = 0.34;
const groupGapShare = 0.05;

/**
 * Packs equal groups, each with one slot per item.
 *
 * @param largest - The largest value that each item has in any group at any time; null or 0 where it never has one.
 *   Areas are proportional to values: the largest of all has a slot of radius 1.
 * @param options.groups - How many groups.
 * @param options.order - Items from the middle outwards, by index; large ones in the middle need the least room. It
 *   must not depend on what is still to come, or items change places while a training runs. Default: by index.
 * @returns The same packing for the same numbers. Without items or without groups everything is empty.
 */
export function packing(
  largest: readonly (number | null)[],
  {groups, order = [...largest.keys()]}: {groups: number; order?: readonly number[]},
): Packing {
  const most = Math.max(0, ...largest.map(value => value ?? 0));
  const unit = most > 0 ? 1 / Math.sqrt(most) : 1;
  const radii = largest.map(value => Math.max(markShare, unit * Math.sqrt(value ?? 0)));
  const slots = packed(
    order.map(item => radii[item] ?? markShare),
    gapShare,
  );
  const slotOf = new Map(order.map((item, i) => [item, slots.circles[i]]));
  const inner = slots.radius + gapShare;
  const outer = inner * (1 + rimShare);
  const places = packed(Array<number>(groups).fill(outer), groupGapShare * outer);
  return {
    ...centred(inReadingOrder(places.circles).map(circle => ({...circle, inner}))),
    slots: radii.flatMap((_, item) => slotOf.get(item) ?? []),
    unit,
    mark: markShare,
  };
}

/** Radius of an item's circle, whose area is proportional to its value; 0 for a value of 0. */
export function radiusOf(value: number, {unit}: Packing): number {
  return unit * Math.sqrt(value);
}

/** Finds the group at a point, and the slot in it, null between slots; null outside every group. */
export function circleAt(
  {groups, slots}: Packing,
  x: number,
  y: number,
): {group: number; slot: number | null} | null {
  const group = groups.findIndex(circle => holds(circle, x, y));
  const around = groups[group];
  if (!around) return null;
  const slot = slots.findIndex(circle => holds(circle, x - around.x, y - around.y));
  return {group, slot: slot < 0 ? null : slot};
}

/**
 * The circle that an arrow key goes to: the nearest one in that quarter of the plane. With quarters that overlap or
 * leave gaps some circles could not be reached.
 *
 * @returns Its index; `from` itself if there is nothing in that direction.
 */
export function neighbour(circles: readonly Circle[], from: number, step: ArrowStep): number {
  const start = circles[from];
  if (!start) return from;
  let best = from;
  let least = Infinity;
  circles.forEach((circle, i) => {
    const [dx, dy] = [circle.x - start.x, circle.y - start.y];
    const ahead = step.right * dx + step.down * dy;
    const aside = Math.abs(step.down * dx + step.right * dy);
    if (i === from || ahead <= 0 || aside > ahead) return;
    const distance = Math.hypot(ahead, aside);
    if (distance < least) [best, least] = [i, distance];
  });
  return best;
}

/** Circles side by side around the origin, at least `gap` apart, and the radius of what encloses them. */
function packed(radii: readonly number[], gap: number): {circles: Circle[]; radius: number} {
  if (radii.length === 0) return {circles: [], radius: 0};
  const placed = packSiblings(radii.map(r => ({r: r + gap / 2})));
  const around = packEnclose(placed);
  return {
    circles: placed.map((circle, i) => ({
      x: circle.x - around.x,
      y: circle.y - around.y,
      r: radii[i] ?? 0,
    })),
    radius: around.r,
  };
}

/** Equal circles in rows from the top; those of a row differ in height by less than a radius. */
function inReadingOrder(circles: readonly Circle[]): Circle[] {
  const rows: Circle[][] = [];
  for (const circle of [...circles].sort((a, b) => a.y - b.y)) {
    const row = rows.at(-1);
    const first = row?.[0];
    if (row && first && circle.y - first.y < circle.r) row.push(circle);
    else rows.push([circle]);
  }
  return rows.flatMap(row => row.sort((a, b) => a.x - b.x));
}

/** Groups moved so that the middle of their extents is the origin. */
function centred(groups: Group[]): Pick<Packing, 'width' | 'height' | 'groups'> {
  if (groups.length === 0) return {width: 1, height: 1, groups};
  const [left, right] = [Math.min(...groups.map(g => g.x - g.r)), Math.max(...groups.map(g => g.x + g.r))];
  const [top, bottom] = [Math.min(...groups.map(g => g.y - g.r)), Math.max(...groups.map(g => g.y + g.r))];
  return {
    width: right - left,
    height: bottom - top,
    groups: groups.map(group => ({
      ...group,
      x: group.x - (left + right) / 2,
      y: group.y - (top + bottom) / 2,
    })),
  };
}

function holds(circle: Circle, x: number, y: number): boolean {
  return (x - circle.x) ** 2 + (y - circle.y) ** 2 <= circle.r ** 2;
}
