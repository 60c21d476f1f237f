/** Lines next to one row of a list; lanes are numbered from the left. */
export interface LaneRow {
  /** Lane of the row's dot; null for a row that is no node. */
  lane: number | null;
  /** Lanes from which a line comes in from above, ascending. */
  enters: number[];
  /** Lanes whose line passes by. */
  passes: number[];
  /** True if a line continues below the dot. */
  leaves: boolean;
}

/**
 * Lays out a graph next to a list of its nodes, as version histories are drawn: a node's line goes down its lane until the last
 * node that it leads to, and that one may reuse the lane. Branches and skips are therefore side by side, and no line
 * crosses a dot.
 *
 * @param rows - For each row the rows that lead to it, all of them before it; null for a row that is no node.
 */
export function laneRows(rows: readonly (readonly number[] | null)[]): {rows: LaneRow[]; lanes: number} {
  const lastUse = new Map<number, number>();
  rows.forEach((sources, row) => sources?.forEach(source => lastUse.set(source, row)));
  const held: (number | null)[] = [];
  let lanes = 0;
  const drawn = rows.map((sources, row): LaneRow => {
    const busy = () => held.flatMap((source, lane) => (source === null ? [] : [lane]));
    if (sources === null) return {lane: null, enters: [], passes: busy(), leaves: false};
    const enters = held.flatMap((source, lane) =>
      source !== null && sources.includes(source) ? [lane] : [],
    );
    const ending = enters.filter(lane => lastUse.get(held[lane] ?? -1) === row);
    for (const lane of ending) held[lane] = null;
    const passes = busy();
    const free = held.indexOf(null);
    const lane = ending[0] ?? (free < 0 ? held.length : free);
    const leaves = lastUse.has(row);
    held[lane] = leaves ? row : null;
    lanes = Math.max(lanes, held.length);
    return {lane, enters, passes, leaves};
  });
  return {rows: drawn, lanes};
}
