import {signal} from '@preact/signals';
import type {ThemeName} from '../../shared/index.js';
import {canvasOf, svgOf, type Drawing} from '../charts/drawing.js';
import {framed} from '../charts/figure-frame.js';
import {figureSheet} from '../charts/figure-sheet.js';
import {themeOf, type Theme} from '../charts/palette.js';
import {
  aboutFigure,
  fileNameOf,
  placeText,
  sheetNameOf,
  withProvenance,
  type Figure,
  type FigureFacts,
  type FigureKey,
} from '../model/figure.js';
import {withTexts} from '../model/png-text.js';
import {toCsv, toJson, type TableData} from '../model/table-text.js';
import {primaryRun, runs} from '../state/runs.js';
import {attempt} from './attempt.js';

/** Exportable content of a panel: its numbers, what they are of, the query behind them, and its drawing in any theme. */
export interface PanelContent {
  /** The panel's part of a file name, e.g. `confusion`; no two panels have the same. */
  name: string;
  title: string;
  subtitle: string;
  /** The numbers as the page shows them. */
  table: () => TableData;
  /** Every value of the drawing, where the table on the page sums them up. */
  allValues?: () => TableData;
  /** Source of the numbers. */
  source: PanelSource;
  facts: FigureFacts;
  /** Measures that it shows, by their headings in docs/measures.md, such as `channel-capacity`. */
  measures?: readonly string[];
  /** Legends, scales and marks that explain the drawing. */
  keys?: (theme: Theme) => FigureKey[];
  drawing: (theme: Theme) => Drawing;
}

/** Queries in the notation, or, for what the notation does not ask, paths of tables below the page's address. */
export type PanelSource = {queries: readonly string[]} | {paths: readonly string[]};

/** The formats that a panel is saved in. */
export const exportFormats = ['png', 'svg', 'csv', 'json'] as const;

export type ExportFormat = (typeof exportFormats)[number];

/** Returns what reproduces the panel's numbers: queries or full URLs of tables, one per line. */
export function sourceText(source: PanelSource): string {
  return questionsOf(source).join('\n');
}

function questionsOf(source: PanelSource): string[] {
  if ('queries' in source) return [...source.queries];
  return source.paths.map(path => new URL(path, document.baseURI).href);
}

/** The theme of saved pictures, whatever the page's is. */
export const pictureTheme = signal<ThemeName>('light');

/** Device pixels per CSS pixel of exported pictures. */
const pictureRatio = 2;

/** Saves a panel as a file; pictures are in a frame that says what they are of. */
export async function savePanel(content: PanelContent, format: ExportFormat): Promise<void> {
  const write = async (): Promise<void> => {
    const figure = figureOf(content);
    save(`${fileNameOf(figure)}.${format}`, await contentAs(content, figure, format));
  };
  await attempt(write, {failed: `${content.title} was not saved as ${format.toUpperCase()}`});
}

/** Saves several panels on one page. */
export async function saveSheet(contents: readonly PanelContent[], format: 'png' | 'svg'): Promise<void> {
  const write = async (): Promise<void> => {
    const figures = contents.map(figureOf);
    const pictures = contents.map((content, i) => pictureOf(content, figures[i] as Figure));
    const sheet = figureSheet(pictures, themeOf(pictureTheme.value));
    save(`${sheetNameOf(figures)}.${format}`, await pictureFile(sheet, figures, format));
  };
  await attempt(write, {failed: `The figure sheet was not saved as ${format.toUpperCase()}`});
}

/** The record of a panel, as it is now. */
function figureOf({name, title, subtitle, source, facts}: PanelContent): Figure {
  const ids = facts.runs ?? [primaryRun.value?.id ?? ''];
  return {
    ...facts,
    ...{name, title, shows: subtitle, questions: questionsOf(source)},
    runs: ids.map(id => ({id, name: runs.value?.find(run => run.id === id)?.name ?? id})),
    address: window.location.href,
    version: document.querySelector<HTMLMetaElement>('meta[name=generator]')?.content ?? 'CNNSlicer',
  };
}

function contentAs(content: PanelContent, figure: Figure, format: ExportFormat): Blob | Promise<Blob> {
  const values = content.allValues ?? content.table;
  switch (format) {
    case 'csv':
      return new Blob([toCsv(withProvenance(values(), figure))], {type: 'text/csv'});
    case 'json':
      return new Blob([toJson(aboutFigure(figure), values())], {type: 'application/json'});
    case 'svg':
    case 'png':
      return pictureFile(pictureOf(content, figure), [figure], format);
  }
}

/** The panel's drawing in its frame. */
function pictureOf(content: PanelContent, figure: Figure): Drawing {
  const theme = themeOf(pictureTheme.value);
  return framed(content.drawing(theme), figure, {keys: content.keys?.(theme) ?? [], theme});
}

async function pictureFile(
  picture: Drawing,
  figures: readonly Figure[],
  format: 'png' | 'svg',
): Promise<Blob> {
  const {title, description, facts} = metadataOf(figures);
  if (format === 'svg')
    return new Blob([svgOf(picture, {title, description, metadata: facts})], {type: 'image/svg+xml'});
  const texts = {
    ...{Title: title, Description: description, Software: figures[0]?.version ?? ''},
    ...{Source: figures[0]?.address ?? '', cnnslicer: facts},
  };
  const png = await pngOf(canvasOf(picture, pictureRatio));
  return new Blob([withTexts(new Uint8Array(await png.arrayBuffer()), texts)], {type: 'image/png'});
}

function metadataOf(figures: readonly Figure[]) {
  const about = figures.map(aboutFigure);
  return {
    title: figures.map(({title}) => title).join('; '),
    description: figures
      .map(figure => [placeText(figure), figure.shows, ...figure.questions].join('\n'))
      .join('\n\n'),
    facts: JSON.stringify(about.length === 1 ? about[0] : about),
  };
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
