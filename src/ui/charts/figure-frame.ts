import {placeText, type Figure, type FigureKey} from '../model/figure.js';
import {onGround, paintAt, type Drawing} from './drawing.js';
import {keysDrawing} from './figure-keys.js';
import {paintText, wrapped, type TextStyle} from './figure-text.js';
import type {Theme} from './palette.js';

const edge = 16;
/** Texts are readable above this width, CSS pixels. */
const narrowest = 440;
/** Lines of questions; a comparison of many layers has more, which the file's metadata hold. */
const maxQuestionLines = 6;

interface Line extends TextStyle {
  text: string;
}

/**
 * A panel's drawing as a figure that can be read without the viewer: on the theme's ground, under its title, its run, layers
 * and epoch and what it shows; below it the legends and scales, then the question that gives the numbers, and the version.
 */
export function framed(
  drawing: Drawing,
  figure: Figure,
  {keys, theme}: {keys: readonly FigureKey[]; theme: Theme},
): Drawing {
  const inner = Math.max(narrowest, drawing.width);
  const head = lines(
    [
      {text: figure.title, size: 14, weight: 600, colour: theme.ink},
      {text: placeText(figure), size: 12, colour: theme.inkSoft},
      // The line above tells the epoch.
      {text: figure.shows.replace(/^epoch \d+ · /, ''), size: 11, colour: theme.inkFaint},
    ],
    inner,
  );
  const key = keysDrawing(keys, theme, inner);
  const foot = lines([...questionLines(figure, theme, inner), versionLine(figure, theme)], inner);
  const [headHeight, footHeight] = [heightOf(head) + 8, heightOf(foot)];
  const keyTop = edge + headHeight + drawing.height + 8;
  const footTop = keyTop + key.height + (key.height > 0 ? 4 : 0);
  const [width, height] = [inner + 2 * edge, footTop + footHeight + edge];
  const paint: Drawing['paint'] = pen => {
    paintLines(pen, head, edge);
    paintAt(pen, drawing, edge, edge + headHeight);
    paintAt(pen, key, edge, keyTop);
    paintLines(pen, foot, footTop);
  };
  return onGround({width, height, paint}, theme);
}

function questionLines({questions}: Figure, theme: Theme, width: number): Line[] {
  const style = {size: 10, colour: theme.inkFaint};
  const all = questions.flatMap(question => wrapped(question, style, width));
  const shown = all.length > maxQuestionLines ? [...all.slice(0, maxQuestionLines - 1), '…'] : all;
  return shown.map(text => ({text, ...style}));
}

function versionLine({version, unit}: Figure, theme: Theme): Line {
  const text = unit === null ? version : `in ${unit} · ${version}`;
  return {text, size: 10, colour: theme.inkFaint};
}

function lines(texts: readonly Line[], width: number): Line[] {
  return texts
    .filter(({text}) => text !== '')
    .flatMap(line => wrapped(line.text, line, width).map(text => ({...line, text})));
}

function heightOf(all: readonly Line[]): number {
  return all.reduce((sum, {size}) => sum + size + 5, 0);
}

function paintLines(pen: Parameters<Drawing['paint']>[0], all: readonly Line[], top: number): void {
  let y = top;
  for (const {text, ...style} of all) {
    paintText(pen, text, {x: edge, y, ...style});
    y += style.size + 5;
  }
}
