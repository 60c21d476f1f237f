import {useLayoutEffect, useRef} from 'preact/hooks';
import {arrowStep, claim} from '../model/arrow-step.js';
import {inkOn, paintCells, type MatrixSpec} from './matrix-spec.js';
import type {Theme} from './palette.js';
import * as styles from './matrix.module.css';

export interface MatrixProps {
  label: string;
  /** Size of all cells together, CSS pixels; smaller for few classes, larger for very many. */
  height: number;
  spec: MatrixSpec;
  theme: Theme;
  /** The opened cell. */
  selected: {row: number; column: number} | null;
  /** The row and column marked because their class is. */
  focus: number | null;
  /** Describes a cell in words. */
  describe: (row: number, column: number) => string;
  onHover: (at: {row: number; column: number; event: PointerEvent} | null) => void;
  onPick: (row: number, column: number) => void;
  onFocusClass: (index: number) => void;
}

/** Beyond so many classes cells are too small for a text. */
const textsUpTo = 20;

/**
 * A matrix as a real table over a coloured raster: cells are buttons, of which one is in the tab order, and the arrow
 * keys move among them and to the names of rows and columns.
 */
export function Matrix(props: MatrixProps) {
  const {label, height, spec, theme, selected, focus, describe, onHover, onPick, onFocusClass} = props;
  const {rows, columns, values} = spec.grid;
  const canvas = useRef<HTMLCanvasElement>(null);
  const table = useRef<HTMLTableElement>(null);
  useLayoutEffect(() => {
    if (canvas.current) paintCells(canvas.current, spec.grid, {theme, cell: cellSize(rows, height)});
  }, [spec, theme, height]);

  const entry = selected ?? {row: 0, column: 0};
  const move = (event: KeyboardEvent, row: number, column: number): void => {
    const step = arrowStep(event.key);
    if (!step) return;
    claim(event);
    // Names are at -1: above the first row, and before the first column.
    const [toRow, toColumn] = [row + step.down, column + step.right];
    if (toRow < -1 || toRow >= rows || toColumn < -1 || toColumn >= columns) return;
    if (toRow === -1 && toColumn === -1) return;
    const buttons = table.current?.querySelectorAll<HTMLButtonElement>('button');
    buttons?.[toRow === -1 ? toColumn : columns + toRow * (columns + 1) + toColumn + 1]?.focus();
  };

  const cell = cellSize(rows, height);
  const longest = Math.max(...spec.rowLabels.map(text => text.length));
  const sizes = {'--cell': `${cell}px`, '--label': `${Math.min(128, Math.max(64, longest * 7 + 20))}px`};
  return (
    <div class={styles.root} style={sizes}>
      <div class={styles.columnTitle}>{spec.columnTitle} →</div>
      <canvas
        ref={canvas}
        aria-hidden="true"
        style={{width: `${columns * cell}px`, height: `${rows * cell}px`}}
      />
      <table ref={table} aria-label={label} onPointerLeave={() => onHover(null)}>
        <thead>
          <tr>
            <th scope="col" class={styles.corner}>
              {spec.rowTitle} ↓
            </th>
            {spec.columnLabels.map((text, column) => (
              <th scope="col" key={column} class={focus === column ? styles.marked : undefined}>
                <button
                  type="button"
                  tabIndex={-1}
                  title={text}
                  onKeyDown={event => move(event, -1, column)}
                  onClick={() => onFocusClass(column)}
                >
                  {text.split(' ')[0]}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {spec.rowLabels.map((text, row) => (
            <tr key={row}>
              <th scope="row" class={focus === row ? styles.marked : undefined}>
                <button
                  type="button"
                  tabIndex={-1}
                  onKeyDown={event => move(event, row, -1)}
                  onClick={() => onFocusClass(row)}
                >
                  {text}
                </button>
              </th>
              {spec.columnLabels.map((_, column) => (
                <td key={column} data-row={row} data-column={column}>
                  <button
                    type="button"
                    class={selected?.row === row && selected.column === column ? styles.selected : undefined}
                    tabIndex={row === entry.row && column === entry.column ? 0 : -1}
                    aria-label={describe(row, column)}
                    aria-pressed={selected?.row === row && selected.column === column}
                    style={{color: inkOn(values[row * columns + column] ?? Number.NaN, spec.grid, theme)}}
                    onKeyDown={event => move(event, row, column)}
                    onPointerMove={event => onHover({row, column, event})}
                    onClick={() => onPick(row, column)}
                  >
                    {rows > textsUpTo ? '' : spec.texts[row * columns + column]}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A cell's side in CSS pixels: up to ten classes have the cells of ten, and none is too small to be hit. */
function cellSize(rows: number, height: number): number {
  const least = rows <= textsUpTo ? 24 : 4;
  return Math.max(least, Math.floor(height / Math.max(10, rows)));
}
