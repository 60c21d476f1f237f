import type {TableData} from './table-text.js';

/** Explains a part of a picture's drawing: the colours of names, a scale of colours, or a sentence. */
export type FigureKey =
  | {kind: 'names'; items: readonly NamedColour[]}
  | {
      kind: 'scale';
      /** Colours from one end to the other, `#rrggbb`. */
      stops: readonly string[];
      low: string;
      high: string;
      note?: string;
    }
  | {kind: 'note'; text: string};

export interface NamedColour {
  label: string;
  colour: string;
  dashed?: boolean;
}

/** What the numbers of a panel are of; a fact that does not apply is absent. */
export interface FigureFacts {
  /** Ids of the runs; absent: the primary run. */
  runs?: readonly string[];
  layers?: readonly string[];
  /** The epoch shown; null: every captured one. */
  epoch: number | null;
  /** Samples that each number rests on. */
  n?: number | string | null;
  /** Neighbours. */
  k?: number | string | null;
  bins?: number | string | null;
  unit: string | null;
}

/** A picture or a table that leaves the viewer, with everything that a reader needs without the viewer. */
export interface Figure extends Omit<FigureFacts, 'runs'> {
  /** Part of the file's name, such as `confusion`. */
  name: string;
  title: string;
  /** One line about what is shown. */
  shows: string;
  runs: readonly {id: string; name: string}[];
  /** What gives these numbers: queries in the notation, or addresses of tables. */
  questions: readonly string[];
  /** Address of the viewer's page that shows the panel as it was saved. */
  address: string;
  /** Name and version of the program, such as `CNNSlicer 1.2.0`. */
  version: string;
}

/** A run by its name, and by its folder where that is another. */
export function runText({id, name}: {id: string; name: string}): string {
  return id === name ? name : `${name} (${id})`;
}

/** `run · layers · epoch`, the line under the title. */
export function placeText({runs, layers = [], epoch}: Figure): string {
  const at = epoch === null ? 'every captured epoch' : `epoch ${epoch}`;
  return [runs.map(runText).join(', '), layers.join(', '), at].filter(Boolean).join(' · ');
}

/** File name without its ending: run, panel and epoch, such as `mnist-confusion-epoch-8`. */
export function fileNameOf({runs, name, epoch}: Pick<Figure, 'runs' | 'name' | 'epoch'>): string {
  const [first, ...others] = runs;
  const run = others.length === 0 ? (first?.id ?? '') : `${first?.id}-and-${others.length}-more`;
  const at = epoch === null ? 'all-epochs' : `epoch-${epoch}`;
  return [run, name, at].map(plainName).filter(Boolean).join('-');
}

/** File name of several figures on one page: their run, and their epoch where all have the same. */
export function sheetNameOf(figures: readonly Figure[]): string {
  const runs = new Map(figures.flatMap(figure => figure.runs.map(run => [run.id, run] as const)));
  const epochs = new Set(figures.flatMap(({epoch}) => epoch ?? []));
  const [epoch = null] = epochs.size === 1 ? epochs : [];
  return fileNameOf({runs: [...runs.values()], name: 'figure-sheet', epoch});
}

/** Longest part of a file name: names of three such parts fit every file system. */
const longestPart = 72;

/** Letters and digits of any script, dots, dashes and underscores; everything else becomes a dash. */
function plainName(text: string): string {
  const plain = text.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-');
  return [...plain]
    .slice(0, longestPart)
    .join('')
    .replaceAll(/^[-.]+|-+$/g, '');
}

/** The facts as a JSON file and the metadata of a picture hold them. */
export function aboutFigure(figure: Figure): Record<string, unknown> {
  const {title, shows, questions, runs, layers, epoch, n, k, bins, unit, address, version} = figure;
  return {title, shows, from: questions, runs, layers, epoch, n, k, bins, unit, address, version};
}

/** The table of a file that has no place for facts: each row says its run and the question that gives it. */
export function withProvenance(table: TableData, {runs, questions}: Figure): TableData {
  const hasRun = table.hasRuns ?? false;
  const run = runs.map(({id}) => id).join(', ');
  const question = questions.join('; ');
  return {
    columns: [...(hasRun ? [] : ['run']), ...table.columns, 'question'],
    rows: table.rows.map(row => [...(hasRun ? [] : [run]), ...row, question]),
  };
}
