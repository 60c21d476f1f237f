import {scalePalette, toHex} from '../../shared/index.js';
import type {FigureKey, NamedColour} from '../model/figure.js';
import type {Drawing} from './drawing.js';
import {paintText, widthOf, wrapped} from './figure-text.js';
import type {Theme} from './palette.js';

const lineHeight = 20;
const size = 12;
const ramp = {width: 160, height: 10};
/** Steps of colour along a scale: whole device pixels each, so that no seam shows. */
const rampSteps = 80;

/** Draws the legends and scales of a figure below one another; 0 high where there is none. */
export function keysDrawing(keys: readonly FigureKey[], theme: Theme, width: number): Drawing {
  const drawings = keys.map(key => keyDrawing(key, theme, width));
  return {
    width,
    height: drawings.reduce((sum, {height}) => sum + height, 0),
    paint: pen => {
      let top = 0;
      for (const drawing of drawings) {
        pen.save();
        pen.translate(0, top);
        drawing.paint(pen, width, drawing.height);
        pen.restore();
        top += drawing.height;
      }
    },
  };
}

function keyDrawing(key: FigureKey, theme: Theme, width: number): Drawing {
  switch (key.kind) {
    case 'names':
      return namesDrawing(key.items, theme, width);
    case 'scale':
      return scaleDrawing(key, theme, width);
    case 'note':
      return noteDrawing(key.text, theme, width);
  }
}

/** Names beside their colours, in as many lines as needed. */
function namesDrawing(items: readonly NamedColour[], theme: Theme, width: number): Drawing {
  let [x, y] = [0, 0];
  const placed = items.map(item => {
    const wide = 32 + widthOf(item.label, {size});
    if (x > 0 && x + wide > width) [x, y] = [0, y + lineHeight];
    const place = {...item, x, y};
    x += wide;
    return place;
  });
  return {
    width,
    height: items.length === 0 ? 0 : y + lineHeight,
    paint: pen => {
      for (const item of placed) {
        pen.fillStyle = item.colour;
        if (item.dashed) for (const dash of [0, 6]) pen.fillRect(item.x + dash, item.y + 6, 4, 2);
        else pen.fillRect(item.x, item.y + 2, 10, 10);
        paintText(pen, item.label, {x: item.x + 16, y: item.y, size, colour: theme.inkSoft});
      }
    },
  };
}

function scaleDrawing(
  {stops, low, high, note}: Extract<FigureKey, {kind: 'scale'}>,
  theme: Theme,
  width: number,
): Drawing {
  const left = widthOf(low, {size}) + 8;
  const palette = scalePalette(stops);
  const step = ramp.width / rampSteps;
  const text = note === undefined ? high : `${high} · ${note}`;
  const lines = wrapped(text, {size, colour: theme.inkSoft}, Math.max(80, width - left - ramp.width - 8));
  return {
    width,
    height: lines.length * lineHeight,
    paint: pen => {
      paintText(pen, low, {x: 0, y: 0, size, colour: theme.inkSoft});
      for (let i = 0; i < rampSteps; i++) {
        const at = Math.round((255 * i) / (rampSteps - 1)) * 3;
        pen.fillStyle = toHex([palette[at] ?? 0, palette[at + 1] ?? 0, palette[at + 2] ?? 0]);
        pen.fillRect(left + i * step, 2, step, ramp.height);
      }
      lines.forEach((line, i) => {
        paintText(pen, line, {x: left + ramp.width + 8, y: i * lineHeight, size, colour: theme.inkSoft});
      });
    },
  };
}

function noteDrawing(text: string, theme: Theme, width: number): Drawing {
  const style = {size, colour: theme.inkSoft};
  const lines = wrapped(text, style, width);
  return {
    width,
    height: lines.length * lineHeight,
    paint: pen => lines.forEach((line, i) => paintText(pen, line, {x: 0, y: i * lineHeight, ...style})),
  };
}
