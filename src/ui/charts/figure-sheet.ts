import {onGround, paintAt, type Drawing} from './drawing.js';
import {paintText} from './figure-text.js';
import type {Theme} from './palette.js';

/** CSS pixels. */
const widest = 1640;
const gap = 16;
const letter = 20;

/** Where each picture of a sheet is, and how large the sheet is. */
export interface SheetLayout {
  width: number;
  height: number;
  at: {x: number; y: number}[];
}

/** Places pictures in their order in rows, as many side by side as a page holds; none is scaled, none overlaps another. */
export function sheetLayout(pictures: readonly {width: number; height: number}[]): SheetLayout {
  const at: {x: number; y: number}[] = [];
  let [x, y, tallest, width] = [gap, gap, 0, 0];
  for (const picture of pictures) {
    if (x > gap && x + picture.width + gap > widest) [x, y, tallest] = [gap, y + tallest + letter + gap, 0];
    at.push({x, y: y + letter});
    x += picture.width + gap;
    tallest = Math.max(tallest, picture.height);
    width = Math.max(width, x);
  }
  return {width, height: y + letter + tallest + gap, at};
}

/** Figures on one page, each under a letter that a text can refer to. */
export function figureSheet(pictures: readonly Drawing[], theme: Theme): Drawing {
  const {width, height, at} = sheetLayout(pictures);
  const paint: Drawing['paint'] = pen => {
    pictures.forEach((picture, i) => {
      const {x, y} = at[i] ?? {x: 0, y: 0};
      const name = `(${letterOf(i)})`;
      paintText(pen, name, {x: x + gap, y: y - letter + 4, size: 14, weight: 600, colour: theme.ink});
      paintAt(pen, picture, x, y);
    });
  };
  return onGround({width, height, paint}, theme);
}

/** a, b, …, z, aa, ab, … */
export function letterOf(index: number): string {
  const last = String.fromCodePoint(97 + (index % 26));
  return index < 26 ? last : letterOf(Math.floor(index / 26) - 1) + last;
}
