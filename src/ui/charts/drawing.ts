import {chartFont, paintCanvas, type Paint, type Pen} from './canvas.js';
import type {Theme} from './palette.js';
import {SvgPen} from './svg-pen.js';

/** A picture that can be painted into any context: a canvas, or one that writes SVG. Sizes in CSS pixels. */
export interface Drawing {
  width: number;
  height: number;
  paint: Paint;
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

/** A drawing on the theme's ground, under the title of its panel and what the panel shows. */
export function framed(
  drawing: Drawing,
  {title, subtitle, theme}: {title: string; subtitle: string; theme: Theme},
): Drawing {
  const edge = 16;
  const head = 44;
  const width = drawing.width + 2 * edge;
  const height = drawing.height + 2 * edge + head;
  return {
    width,
    height,
    paint: context => {
      context.fillStyle = theme.panel;
      context.fillRect(0, 0, width, height);
      paintText(context, title, {x: edge, y: edge, size: 14, weight: 600, colour: theme.ink});
      const most = drawing.width;
      paintText(context, subtitle, {x: edge, y: edge + 22, size: 11, colour: theme.inkFaint, most});
      paintAt(context, drawing, edge, edge + head);
    },
  };
}

/** Draws the key of the colours, in as many lines as needed. */
export function legend(
  items: readonly {label: string; colour: string}[],
  theme: Theme,
  width: number,
): Drawing {
  const measure = document.createElement('canvas').getContext('2d');
  if (measure) measure.font = chartFont(12);
  let [x, y] = [0, 0];
  const placed = items.map(item => {
    const wide = 32 + (measure?.measureText(item.label).width ?? 0);
    if (x + wide > width) [x, y] = [0, y + 20];
    const place = {...item, x, y};
    x += wide;
    return place;
  });
  return {
    width,
    height: y + 24,
    paint: context => {
      for (const item of placed) {
        context.fillStyle = item.colour;
        context.fillRect(item.x, item.y + 9, 10, 10);
        paintText(context, item.label, {x: item.x + 16, y: item.y + 8, size: 12, colour: theme.inkSoft});
      }
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
export function svgOf({width, height, paint}: Drawing): string {
  const pen = new SvgPen(document.createElement('canvas').getContext('2d'));
  paint(pen, width, height);
  return pen.toSvg(width, height);
}

function paintText(
  context: Pen,
  text: string,
  at: {x: number; y: number; size: number; colour: string; weight?: number; most?: number},
): void {
  context.fillStyle = at.colour;
  context.font = chartFont(at.size, at.weight);
  context.textAlign = 'left';
  context.textBaseline = 'top';
  if (at.most === undefined) context.fillText(text, at.x, at.y);
  else context.fillText(text, at.x, at.y, at.most);
}
