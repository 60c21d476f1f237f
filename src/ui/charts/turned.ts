import type {HeatmapSpec} from './heatmap-spec.js';

/** The heatmap with rows and columns exchanged. */
export function turned(spec: HeatmapSpec): HeatmapSpec {
  const {grid, struck} = spec;
  const {rows, columns} = grid;
  const values = new Float64Array(grid.values.length);
  const turnedStruck = struck && new Uint8Array(struck.length);
  for (let row = 0, from = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, from++) {
      const to = column * rows + row;
      values[to] = grid.values[from] as number;
      if (struck && turnedStruck) turnedStruck[to] = struck[from] as number;
    }
  }
  return {
    ...spec,
    grid: {...grid, rows: columns, columns: rows, values},
    ...{rowLabels: spec.columnLabels, columnLabels: spec.rowLabels},
    ...{rowTitle: spec.columnTitle, columnTitle: spec.rowTitle},
    ...{rowBars: spec.columnBars, columnBars: spec.rowBars},
    struck: turnedStruck,
  };
}

/** A place of the turned drawing in the other one, and the other way round. */
export function turnedPlace<Place extends {row: unknown; column: unknown}>(place: Place): Place {
  return {...place, row: place.column, column: place.row};
}
