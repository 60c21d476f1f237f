import type {Packing} from '../model/packing.js';

/** Circles in groups: an area per item, the same items in every group. */
export interface CirclesSpec {
  packing: Packing;
  /** One per group of the packing. */
  groups: CircleGroup[];
  /** One per slot of the packing; drawn inside the circle where there is room. */
  slotNames: string[];
  /** Radius of every item in the packing's unit, group by group; 0 is the mark of nothing, NaN that of undefined. */
  radii: Float64Array;
  /** Fill of every item, `#rrggbb`, in the same order. */
  colours: string[];
  /** Circles of round values, largest first, of which the key shows the largest that fits. */
  key: {radius: number; label: string}[];
  /** The slot that is ringed in every group. */
  markedSlot: number | null;
}

export interface CircleGroup {
  name: string;
  /** Stands in for the name where that does not fit. */
  shortName: string;
  /** What the group amounts to, beside its name where there is room: the circles of all groups have one size. */
  value?: string;
  /** Colour of its rim, `#rrggbb`. */
  colour: string;
  emphasis?: 'strong' | 'faint';
}

/** The part of the packing that is seen: as wide as the drawing, around a point. */
export interface Camera {
  x: number;
  y: number;
  width: number;
}

/** CSS pixels. */
export interface Size {
  width: number;
  height: number;
}

/** The strip under the circles that holds the key, CSS pixels. */
export const keyStrip = 28;

/** The widest rim in CSS pixels: enough for a name, and no more when a group is large. */
const widestRim = 16;

/** Room around all groups, as a share of them. */
const margin = 1.02;

/** Shows all groups, or one of them with its rim, as large as the drawing holds. */
export function cameraOf({width, height, groups}: Packing, zoom: number | null, size: Size): Camera {
  const room = {width: Math.max(1, size.width), height: Math.max(1, size.height - keyStrip)};
  const group = zoom === null ? undefined : groups[zoom];
  if (!group) {
    const stretch = room.width / room.height;
    return {x: 0, y: 0, width: margin * Math.max(width, height * stretch)};
  }
  const radius = Math.max(1, Math.min(room.width, room.height) / 2 - widestRim - 2);
  return {x: group.x, y: group.y, width: (group.inner * room.width) / radius};
}

/** From the packing's unit to CSS pixels, and back. */
export interface Projected {
  scale: number;
  toX: (x: number) => number;
  toY: (y: number) => number;
  fromX: (x: number) => number;
  fromY: (y: number) => number;
}

/** Moves the visible part above the key's strip. */
export function projectionOf(camera: Camera, {width, height}: Size): Projected {
  const scale = width / camera.width;
  const [middleX, middleY] = [width / 2, (height - keyStrip) / 2];
  return {
    scale,
    toX: x => (x - camera.x) * scale + middleX,
    toY: y => (y - camera.y) * scale + middleY,
    fromX: x => (x - middleX) / scale + camera.x,
    fromY: y => (y - middleY) / scale + camera.y,
  };
}

/** Radius of the outer rim of a group, CSS pixels. */
export function rimRadius({inner, r}: {inner: number; r: number}, scale: number): number {
  return inner * scale + Math.min((r - inner) * scale, widestRim);
}

/** The circle of the key: the largest that stays in its corner; null where every one is too large or too small. */
export function keyCircle(spec: CirclesSpec, scale: number): {radius: number; label: string} | null {
  const fitting = spec.key.find(({radius}) => radius * scale <= keyStrip / 2 - 1);
  return fitting && fitting.radius * scale >= 1.5 ? fitting : null;
}

/** Text size in circles and on rims, CSS pixels. */
export const circleText = 11;

/** Width of a text at that size, near enough to tell whether it fits. */
export function textWidth(text: string): number {
  return text.length * circleText * 0.58;
}

/** Rims below this have no room for a name, CSS pixels. */
const thinnestNamed = 9.5;

/** The name that fits on the upper half of a rim; null where none does. */
export function rimName({name, shortName, value}: CircleGroup, radius: number, rim: number): string | null {
  if (rim < thinnestNamed) return null;
  const room = Math.PI * 0.8 * radius;
  const full = value === undefined ? [] : [`${name} · ${value}`, `${shortName} · ${value}`];
  return [...full, name, shortName].find(text => textWidth(text) <= room) ?? null;
}

/** The name that fits inside a circle; null where it does not. */
export function slotName(name: string | undefined, radius: number): string | null {
  return name !== undefined && radius >= 8 && textWidth(name) <= 1.7 * radius ? name : null;
}
