import {canvasOf, framed, svgOf, type Drawing} from '../charts/drawing.js';
import {themeOf, type Theme} from '../charts/palette.js';
import {attempt} from './attempt.js';
import {toCsv, toJson, type TableData} from '../model/table-text.js';

/** Exportable content of a panel: its numbers, the query behind them, and its drawing in any theme. */
export interface PanelContent {
  /** File name without its ending, e.g. `confusion`. */
  name: string;
  title: string;
  subtitle: string;
  table: () => TableData;
  /** Source of the numbers. */
  source: PanelSource;
  drawing: (theme: Theme) => Drawing;
  /** The drawing is coloured pixels: an SVG of it would be a picture in a frame. */
  isRaster?: boolean;
}

/** Queries in the notation, or, for what the notation does not ask, the path of a table below the page's address. */
export type PanelSource = {queries: readonly string[]} | {path: string};

export type ExportFormat = 'png' | 'svg' | 'csv' | 'json';

/** The formats that a panel can be saved in. */
export function formatsOf({isRaster}: Pick<PanelContent, 'isRaster'>): ExportFormat[] {
  return isRaster ? ['png', 'csv', 'json'] : ['png', 'svg', 'csv', 'json'];
}

/** Returns what reproduces the panel's numbers: queries, one per line, or the full URL of the table. */
export function sourceText(source: PanelSource): string {
  return 'queries' in source ? source.queries.join('\n') : new URL(source.path, document.baseURI).href;
}

/** Device pixels per CSS pixel of exported pictures. */
const pictureRatio = 2;

/** Saves a panel as a file; pictures are in the light theme, with title and subtitle. */
export async function savePanel(content: PanelContent, format: ExportFormat): Promise<void> {
  const write = async (): Promise<void> =>
    save(`${content.name}.${format}`, await contentAs(content, format));
  await attempt(write, {failed: `${content.title} was not saved as ${format.toUpperCase()}`});
}

function contentAs(content: PanelContent, format: ExportFormat): Blob | Promise<Blob> {
  const {title, subtitle} = content;
  const theme = themeOf('light');
  const picture = () => framed(content.drawing(theme), {title, subtitle, theme});
  switch (format) {
    case 'csv':
      return new Blob([toCsv(content.table())], {type: 'text/csv'});
    case 'json': {
      const about = {title, shows: subtitle, from: sourceText(content.source).split('\n')};
      return new Blob([toJson(about, content.table())], {type: 'application/json'});
    }
    case 'svg':
      return new Blob([svgOf(picture())], {type: 'image/svg+xml'});
    case 'png':
      return pngOf(canvasOf(picture(), pictureRatio));
  }
}

function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(blob =>
      blob ? resolve(blob) : reject(new Error('the picture is too large for this browser.')),
    );
  });
}

function save(name: string, blob: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
