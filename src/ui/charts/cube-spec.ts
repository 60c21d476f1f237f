import type {Span} from '../model/span.js';

/** A row of slabs, drawn in a slanted projection: each has rows from top to bottom, and layers of depth behind its front. */
export interface CubeSpec {
  slabs: {label: string; rows: number}[];
  /** Parts of the depth, the nearest first; at least 1. */
  depths: number;
  /** The selected part: rows of some slabs (null is all) and depths, as ranges that include both ends. */
  cuts: {slab: number; rows: Span[] | null; depths: Span[]}[];
  /** A row of a slab that is marked. */
  mark: {slab: number; row: number} | null;
}

/** Positions of all parts, CSS pixels. */
export interface CubeLayout {
  left: number;
  top: number;
  /** Height of the tallest front. */
  height: number;
  /** From one slab to the next, and the width of a front. */
  pitch: number;
  front: number;
  /** Offset of the far end of the depth from the near one; `up` is positive. */
  back: {right: number; up: number};
  /** Rows of the tallest slab. */
  rows: number;
  slabs: number;
}

const MARGIN = {left: 30, right: 4, top: 4, bottom: 18};
const DEEPEST = 44;
const WIDEST_FRONT = 30;
/** Closest slabs: below, a drawing is wider than its room, and scrolls. */
const MIN_PITCH = 7;

/** Width of the drawing of a cube in a room, CSS pixels. */
export function cubeWidth({slabs}: CubeSpec, room: number): number {
  return Math.max(room, MARGIN.left + MARGIN.right + DEEPEST + MIN_PITCH * slabs.length);
}

export function cubeLayout({slabs}: CubeSpec, width: number, height: number): CubeLayout {
  const right = Math.min(DEEPEST, width * 0.16);
  const up = right * 0.7;
  const pitch = Math.max(1, (width - MARGIN.left - MARGIN.right - right) / Math.max(1, slabs.length));
  return {
    left: MARGIN.left,
    top: MARGIN.top + up,
    height: Math.max(10, height - MARGIN.top - MARGIN.bottom - up),
    pitch,
    front: Math.min(WIDEST_FRONT, pitch * 0.6),
    back: {right, up},
    rows: Math.max(1, ...slabs.map(({rows}) => rows)),
    slabs: slabs.length,
  };
}

/**
 * The height at which a row begins. Rows are drawn on a square-root scale that all slabs share: a box over several slabs
 * means the same rows in each, and 3 rows next to 512 are still visible.
 */
export function rowTop({top, height, rows}: CubeLayout, row: number): number {
  return top + height * Math.sqrt(Math.min(row, rows) / rows);
}

/** The left side of a slab's front. */
export function slabLeft({left, pitch, front}: CubeLayout, slab: number): number {
  return left + slab * pitch + (pitch - front) / 2;
}

/** The slab and row nearest to a point. */
export function cubeAt(layout: CubeLayout, x: number, y: number): {slab: number; row: number} {
  const {left, top, height, pitch, rows, slabs} = layout;
  const slab = Math.floor((x - left) / pitch);
  const share = Math.min(1, Math.max(0, (y - top) / height));
  return {
    slab: Math.min(slabs - 1, Math.max(0, slab)),
    row: Math.min(rows - 1, Math.floor(share * share * rows)),
  };
}

/** The outline of a box, as three faces that an SVG path can draw. */
export interface CubeBox {
  front: string;
  top: string;
  side: string;
}

/** A slab, or the part of it between rows and depths; ends not in it. `depths` are shares 0..1. */
export function cubeBox(
  layout: CubeLayout,
  slab: number,
  rows: readonly [from: number, end: number],
  depths: readonly [from: number, end: number] = [0, 1],
): CubeBox {
  const {front, back} = layout;
  const x = slabLeft(layout, slab);
  const at = (dx: number, y: number, depth: number): string =>
    `${(x + dx + depth * back.right).toFixed(1)} ${(y - depth * back.up).toFixed(1)}`;
  const [top, bottom] = [rowTop(layout, rows[0]), rowTop(layout, rows[1])];
  const [near, far] = depths;
  return {
    front: `M${at(0, top, near)}L${at(front, top, near)}L${at(front, bottom, near)}L${at(0, bottom, near)}Z`,
    top: `M${at(0, top, near)}L${at(front, top, near)}L${at(front, top, far)}L${at(0, top, far)}Z`,
    side: `M${at(front, top, near)}L${at(front, top, far)}L${at(front, bottom, far)}L${at(front, bottom, near)}Z`,
  };
}

/** Lines between the rows of a slab's front, as far as they are distinguishable. */
export function rowLines(layout: CubeLayout, slab: number, rows: number): string {
  if (layout.front < 4) return '';
  const x = slabLeft(layout, slab);
  let path = '';
  for (let row = 1; row < rows; row++) {
    const y = rowTop(layout, row);
    if (y - rowTop(layout, row - 1) < 3.5) break;
    path += `M${x.toFixed(1)} ${y.toFixed(1)}h${layout.front.toFixed(1)}`;
  }
  return path;
}

/** Lines across the top of a slab, between the parts of its depth. */
export function depthLines(layout: CubeLayout, slab: number, depths: number): string {
  const {front, back, top} = layout;
  if (back.up / depths < 2 || front < 4) return '';
  const x = slabLeft(layout, slab);
  return Array.from({length: depths - 1}, (_, i) => {
    const share = (i + 1) / depths;
    return `M${(x + share * back.right).toFixed(1)} ${(top - share * back.up).toFixed(1)}h${front.toFixed(1)}`;
  }).join('');
}

/** Rows that the axis names: powers of two far enough apart, and the last. */
export function rowTicks(layout: CubeLayout): number[] {
  const ticks = [0];
  for (let row = 1; row < layout.rows; row *= 2) ticks.push(row);
  const last = rowTop(layout, layout.rows);
  const shown: number[] = [];
  for (const tick of ticks) {
    const y = rowTop(layout, tick);
    const before = shown.at(-1);
    if (before !== undefined && y - rowTop(layout, before) < 14) continue;
    if (last - y >= 14 || tick === 0) shown.push(tick);
  }
  return [...shown, layout.rows];
}
