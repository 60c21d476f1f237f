import font from 'oled-font-5x7';
import {parseHex, type Picture} from '../../shared/index.js';

/** Pixels from one character to the next. */
export const CHARACTER = font.width + 1;
/** Height of a line of text, pixels. */
export const LINE = font.height;

const glyphs = new Map(font.lookup.map((character, place) => [character, place]));
const UNKNOWN = font.lookup.indexOf('?');

export interface TextOptions {
  /** `#rrggbb`. */
  ink: string;
  /** The part of the text that is at x; default its left. */
  align?: 'left' | 'center' | 'right';
  /** Turned to be read from below; then x is its left edge and y where it begins. */
  upwards?: boolean;
}

/** A picture to draw on, opaque. What falls outside is cut off. */
export class Canvas implements Picture {
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;

  constructor(
    readonly width: number,
    readonly height: number,
    paper = '#ffffff',
  ) {
    this.pixels = new Uint8ClampedArray(width * height * 4);
    this.fill(0, 0, {width, height}, paper);
  }

  /** Fills a rectangle with a colour, `#rrggbb`. */
  fill(x: number, y: number, {width, height}: {width: number; height: number}, colour: string): void {
    const rgb = parseHex(colour);
    for (let row = y; row < y + height; row++) {
      for (let column = x; column < x + width; column++) this.#set(column, row, rgb);
    }
  }

  /** Draws another picture on this one, each of its pixels as a square of `scale` pixels per side. */
  draw({width, height, pixels}: Picture, x: number, y: number, scale = 1): void {
    const columns = Math.min(width * scale, this.width - x);
    const rows = Math.min(height * scale, this.height - y);
    for (let row = Math.max(0, -y); row < rows; row++) {
      const from = Math.floor(row / scale) * width;
      for (let column = Math.max(0, -x); column < columns; column++) {
        const source = (from + Math.floor(column / scale)) * 4;
        const target = ((y + row) * this.width + x + column) * 4;
        for (let byte = 0; byte < 4; byte++) this.pixels[target + byte] = pixels[source + byte] as number;
      }
    }
  }

  /** Writes one line; a character that the font lacks becomes `?`. */
  text(content: string, x: number, y: number, {ink, align = 'left', upwards = false}: TextOptions): void {
    const rgb = parseHex(ink);
    const back = align === 'left' ? 0 : align === 'right' ? textWidth(content) : textWidth(content) / 2;
    const start = -Math.floor(back);
    for (const [place, character] of characters(content).entries()) {
      const glyph = (glyphs.get(character) ?? UNKNOWN) * font.width;
      for (let column = 0; column < font.width; column++) {
        const bits = font.fontData[glyph + column] as number;
        const along = start + place * CHARACTER + column;
        for (let row = 0; row < font.height; row++) {
          if ((bits & (1 << row)) === 0) continue;
          if (upwards) this.#set(x + row, y - along, rgb);
          else this.#set(x + along, y + row, rgb);
        }
      }
    }
  }

  #set(x: number, y: number, rgb: ArrayLike<number>): void {
    if (x < 0 || y < 0 || x >= this.width || y >= this.height) return;
    const at = (y * this.width + x) * 4;
    this.pixels[at] = rgb[0] as number;
    this.pixels[at + 1] = rgb[1] as number;
    this.pixels[at + 2] = rgb[2] as number;
    this.pixels[at + 3] = 255;
  }
}

/** Width of a line of text, pixels. */
export function textWidth(content: string): number {
  return Math.max(0, characters(content).length * CHARACTER - 1);
}

/** Checks whether the font has every character. */
export function isDrawable(content: string): boolean {
  return characters(content).every(character => glyphs.has(character));
}

/** The font has letters with two dots; other marks are dropped, as in `Café` to `Cafe`. */
function characters(content: string): string[] {
  return [...content.normalize('NFC')].map(character => {
    if (glyphs.has(character)) return character;
    return character.normalize('NFD').replace(/\p{M}/gu, '');
  });
}
