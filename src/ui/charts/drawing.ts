import {paintCanvas, type Paint, type Pen} from './canvas.js';
import {paintText} from './figure-text.js';
import type {Theme} from './palette.js';
import {SvgPen, type SvgAbout} from './svg-pen.js';

/** A picture that can be painted into any context: a canvas, or one that writes SVG. Sizes in CSS pixels. */
export interface Drawing {
  width: number;
  height: number;
  paint: Paint;
}

/** A drawing on the ground that a panel has, so that a file looks alike wherever it is placed. */
export function onGround({width, height, paint}: Drawing, theme: Theme): Drawing {
  return {
    width,
    height,
    paint: (pen, ...size) => {
      pen.fillStyle = theme.panel;
      pen.fillRect(0, 0, width, height);
      paint(pen, ...size);
    },
  };
}

/** Drawings below one another. */
export function stacked(drawings: readonly Drawing[]): Drawing {
  return {
    width: Math.max(0, ...drawings.map(({width}) => width)),
    height: drawings.reduce((sum, {height}) => sum + height, 0),
    paint: context => {
      let top = 0;
      for (const drawing of drawings) {
        paintAt(context, drawing, 0, top);
        top += drawing.height;
      }
    },
  };
}

/** A drawing with a line of text above it, as the page has it. */
export function captioned(caption: string, drawing: Drawing, theme: Theme): Drawing {
  const head = 18;
  return {
    width: drawing.width,
    height: drawing.height + head,
    paint: context => {
      paintText(context, caption, {x: 0, y: 2, size: 12, colour: theme.inkSoft});
      paintAt(context, drawing, 0, head);
    },
  };
}

/** Paints a drawing with its corner at a place of another. */
export function paintAt(context: Pen, {paint, width, height}: Drawing, x: number, y: number): void {
  context.save();
  context.translate(x, y);
  paint(context, width, height);
  context.restore();
}

/** Draws on a new canvas. */
export function canvasOf({width, height, paint}: Drawing, ratio: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  paintCanvas(canvas, {width, height, paint, ratio});
  return canvas;
}

/** A drawing as an SVG document. */
export function svgOf({width, height, paint}: Drawing, about?: SvgAbout): string {
  const pen = new SvgPen(document.createElement('canvas').getContext('2d'));
  paint(pen, width, height);
  return pen.toSvg(width, height, about);
}
