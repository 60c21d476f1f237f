import {oklabToRgb, parseHex, rgbToOklab, toHex} from '../../shared/index.js';
import {overDark, overLight} from './palette.js';

/** Lightness of OKLab between the first and the last shade. */
const spread = 0.2;

/** Few colours and counts occur, and every step of the clock asks for them again. */
const known = new Map<string, readonly string[]>();

/** The shades of one colour for `count` items in a row, from darker to lighter, all readable as that colour. */
export function shadesOf(base: string, count: number): readonly string[] {
  const key = `${base} ${count}`;
  const shades = known.get(key) ?? makeShades(base, count);
  known.set(key, shades);
  return shades;
}

function makeShades(base: string, count: number): string[] {
  const [lightness, a, b] = rgbToOklab(parseHex(base));
  const first = Math.min(0.9 - spread, Math.max(0.3, lightness - spread / 2));
  return Array.from({length: count}, (_, i) => {
    const share = count > 1 ? i / (count - 1) : 0.5;
    return toHex(oklabToRgb([first + share * spread, a, b]));
  });
}

/** Black or white ink, whichever reads better on a colour. */
export function inkOnColour(hex: string): string {
  return rgbToOklab(parseHex(hex))[0] > 0.64 ? overLight : overDark;
}
