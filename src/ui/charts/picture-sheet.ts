import type {Picture} from '../../shared/index.js';
import type {Drawing} from './drawing.js';
import {paintText, widthOf, wrapped} from './figure-text.js';
import type {Theme} from './palette.js';

/** Pictures of a sample side by side, and what is said of it. */
export interface SheetBlock {
  caption: string;
  /** One per head of the sheet; what was not stored has none. */
  pictures: readonly (Picture | undefined)[];
}

export interface PictureSheet {
  /** What the pictures of a block are, from left to right, with the ends of their scale. */
  heads: readonly {name: string; scale: string}[];
  blocks: readonly SheetBlock[];
}

/** Sizes in CSS pixels. */
const side = 96;
const gap = 8;
const line = 14;
const text = 11;
const widest = 960;

/** A sheet of samples for a picture file: blocks in rows, each pixel of a picture as it is. */
export function pictureSheet({heads, blocks}: PictureSheet, theme: Theme): Drawing {
  const wide = heads.length * (side + gap) + gap;
  const across = Math.max(1, Math.min(blocks.length, Math.floor(widest / wide)));
  const small = {size: text, colour: theme.inkFaint};
  const captions = blocks.map(({caption}) => wrapped(caption, small, wide - 2 * gap));
  const headHeight = 2 * line + 4;
  const blockHeight = side + 4 + line * Math.max(1, ...captions.map(({length}) => length)) + gap;
  const canvases = blocks.map(({pictures}) => pictures.map(picture => picture && canvasOfPicture(picture)));
  return {
    width: across * wide,
    height: headHeight + Math.ceil(blocks.length / across) * blockHeight,
    paint: pen => {
      pen.imageSmoothingEnabled = false;
      for (let column = 0; column < across; column++)
        heads.forEach(({name, scale}, i) => {
          const x = column * wide + i * (side + gap);
          paintText(pen, fitted(name, side, text), {x, y: 0, size: text, colour: theme.inkSoft});
          paintText(pen, fitted(scale, side, 9), {x, y: line, size: 9, colour: theme.inkFaint});
        });
      blocks.forEach((_, block) => {
        const left = (block % across) * wide;
        const top = headHeight + Math.floor(block / across) * blockHeight;
        canvases[block]?.forEach((canvas, i) => {
          const x = left + i * (side + gap);
          if (!canvas) return paintText(pen, 'not stored', {x, y: top, ...small});
          const scale = side / Math.max(canvas.width, canvas.height);
          pen.drawImage(canvas, x, top, canvas.width * scale, canvas.height * scale);
        });
        captions[block]?.forEach((words, i) => {
          paintText(pen, words, {x: left, y: top + side + 4 + i * line, ...small});
        });
      });
    },
  };
}

/** The picture in its own canvas, a pixel a pixel. */
export function canvasOfPicture({width, height, pixels}: Picture): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.putImageData(new ImageData(pixels, width, height), 0, 0);
  return canvas;
}

/** The text, its middle left out where it is too wide: both ends of a name tell it apart. */
export function fitted(name: string, width: number, size: number): string {
  if (widthOf(name, {size}) <= width) return name;
  let kept = name.length - 1;
  const short = (): string =>
    `${name.slice(0, Math.ceil(kept / 2))}…${name.slice(name.length - Math.floor(kept / 2))}`;
  while (kept > 2 && widthOf(short(), {size}) > width) kept--;
  return short();
}
