import {chartFont, type Pen} from './canvas.js';

/** A line of text in a figure. */
export interface TextStyle {
  size: number;
  colour: string;
  weight?: number;
}

let ruler: CanvasRenderingContext2D | null | undefined;

/** The width of a text, CSS pixels. */
export function widthOf(text: string, {size, weight}: Pick<TextStyle, 'size' | 'weight'>): number {
  ruler ??= document.createElement('canvas').getContext('2d');
  if (!ruler) return text.length * size * 0.6;
  ruler.font = chartFont(size, weight);
  return ruler.measureText(text).width;
}

/**
 * The text in lines of up to `width` CSS pixels, broken at spaces, and within a word that is longer than a line.
 *
 * @returns At least one line; joined without the breaks' spaces they hold every letter.
 */
export function wrapped(text: string, style: TextStyle, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (widthOf(longer, style) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (widthOf(line, style) > width && line.length > 1) {
      let fits = line.length - 1;
      while (fits > 1 && widthOf(line.slice(0, fits), style) > width) fits--;
      lines.push(line.slice(0, fits));
      line = line.slice(fits);
    }
  }
  return [...lines, line];
}

/** Paints a text from its left upper corner. */
export function paintText(
  pen: Pen,
  text: string,
  {x, y, size, colour, weight}: TextStyle & {x: number; y: number},
): void {
  pen.fillStyle = colour;
  pen.font = chartFont(size, weight);
  pen.textAlign = 'left';
  pen.textBaseline = 'top';
  pen.fillText(text, x, y);
}
