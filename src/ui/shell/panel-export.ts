import {light, themeOf, type Theme} from '../charts/palette.js';
import {paintCanvas, type Paint} from '../charts/canvas.js';
import {toCsv, toJson, type TableData} from '../model/table-text.js';

/** What a panel can give away: its numbers, and its drawing in any theme. */
export interface PanelContent {
  /** File name without its ending, e.g. `confusion`. */
  name: string;
  title: string;
  subtitle: string;
  table: () => TableData;
  /** The drawing at `pictureRatio` device pixels per CSS pixel. */
  picture: (theme: Theme) => Promise<HTMLCanvasElement>;
  /** The drawing as an SVG document, title and subtitle in it; absent where it cannot be one. */
  svg?: (theme: Theme) => string;
}

export type ExportFormat = 'png' | 'svg' | 'csv' | 'json';

/** The formats that a panel can be saved in. */
export function formatsOf({svg}: Pick<PanelContent, 'svg'>): ExportFormat[] {
  return svg ? ['png', 'svg', 'csv', 'json'] : ['png', 'csv', 'json'];
}

/** Device pixels per CSS pixel of exported pictures. */
export const pictureRatio = 2;

/** Draws into a canvas of its own, for a picture file; sizes in CSS pixels. */
export function pictureOf(paint: Paint, size: {width: number; height: number}): Promise<HTMLCanvasElement> {
  const canvas = document.createElement('canvas');
  paintCanvas(canvas, {...size, ratio: pictureRatio, paint});
  return Promise.resolve(canvas);
}

/** Stacks drawings of the same width. */
export function stackPictures(pictures: readonly HTMLCanvasElement[]): HTMLCanvasElement {
  const stacked = document.createElement('canvas');
  stacked.width = Math.max(...pictures.map(picture => picture.width));
  stacked.height = pictures.reduce((sum, picture) => sum + picture.height, 0);
  let top = 0;
  for (const picture of pictures) {
    stacked.getContext('2d')?.drawImage(picture, 0, top);
    top += picture.height;
  }
  return stacked;
}

/** Puts a line of text above a drawing, as the page does. */
export function captioned(caption: string, drawing: HTMLCanvasElement, theme: Theme): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  const head = 18 * pictureRatio;
  canvas.width = drawing.width;
  canvas.height = drawing.height + head;
  const context = canvas.getContext('2d');
  if (!context) return drawing;
  context.fillStyle = theme.inkSoft;
  context.font = `${12 * pictureRatio}px system-ui, sans-serif`;
  context.textBaseline = 'top';
  context.fillText(caption, 0, 2 * pictureRatio);
  context.drawImage(drawing, 0, head);
  return canvas;
}

/** What a picture's colours mean, in as many lines as they need; `width` in CSS pixels. */
export function legendPicture(
  items: readonly {label: string; colour: string}[],
  theme: Theme,
  width: number,
): Promise<HTMLCanvasElement> {
  const font = '12px system-ui, sans-serif';
  const measure = document.createElement('canvas').getContext('2d');
  if (measure) measure.font = font;
  let [x, y] = [0, 0];
  const placed = items.map(item => {
    const wide = 32 + (measure?.measureText(item.label).width ?? 0);
    if (x + wide > width) [x, y] = [0, y + 20];
    const place = {...item, x, y};
    x += wide;
    return place;
  });
  const paint: Paint = context => {
    context.font = font;
    context.textBaseline = 'middle';
    for (const item of placed) {
      context.fillStyle = item.colour;
      context.fillRect(item.x, item.y + 9, 10, 10);
      context.fillStyle = theme.inkSoft;
      context.fillText(item.label, item.x + 16, item.y + 14.5);
    }
  };
  return pictureOf(paint, {width, height: y + 24});
}

/** Saves a panel as a file; pictures are in the light theme, with title and subtitle. */
export async function savePanel(content: PanelContent, format: ExportFormat): Promise<void> {
  const {name, title, subtitle} = content;
  if (format === 'csv') save(`${name}.csv`, new Blob([toCsv(content.table())], {type: 'text/csv'}));
  if (format === 'json') {
    save(`${name}.json`, new Blob([toJson(title, subtitle, content.table())], {type: 'application/json'}));
  }
  if (format === 'svg' && content.svg) {
    save(`${name}.svg`, new Blob([content.svg(themeOf('light'))], {type: 'image/svg+xml'}));
  }
  if (format === 'png') {
    const canvas = framed(await content.picture(themeOf('light')), title, subtitle);
    canvas.toBlob(blob => {
      if (blob) save(`${name}.png`, blob);
    });
  }
}

function framed(drawing: HTMLCanvasElement, title: string, subtitle: string): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  const edge = 16 * pictureRatio;
  const head = 44 * pictureRatio;
  canvas.width = drawing.width + 2 * edge;
  canvas.height = drawing.height + 2 * edge + head;
  const context = canvas.getContext('2d');
  if (!context) return drawing;
  context.fillStyle = light.panel;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.textBaseline = 'top';
  context.fillStyle = light.ink;
  context.font = `600 ${14 * pictureRatio}px system-ui, sans-serif`;
  context.fillText(title, edge, edge);
  context.fillStyle = light.inkFaint;
  context.font = `${11 * pictureRatio}px system-ui, sans-serif`;
  context.fillText(subtitle, edge, edge + 22 * pictureRatio, canvas.width - 2 * edge);
  context.drawImage(drawing, edge, edge + head);
  return canvas;
}

function save(name: string, blob: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
