/** The rows of a long grid that are drawn: those in the window and a few around them. */
export interface RowWindow {
  first: number;
  /** Not drawn any more. */
  end: number;
}

/** Rows drawn above and below what is seen, so that a fast scroll finds them painted. */
const spareRows = 3;

/** Returns the number of columns of at least `least` CSS pixels that fit side by side; at least one. */
export function columnsIn(width: number, {least, gap}: {least: number; gap: number}): number {
  return Math.max(1, Math.floor((width + gap) / (least + gap)));
}

/**
 * The rows to draw.
 *
 * @param scroll - How far the grid is scrolled, and how much of it is seen; CSS pixels.
 */
export function rowsInWindow(
  {top, height}: {top: number; height: number},
  {rows, rowHeight}: {rows: number; rowHeight: number},
): RowWindow {
  const first = Math.max(0, Math.floor(top / rowHeight) - spareRows);
  const end = Math.min(rows, Math.ceil((top + height) / rowHeight) + spareRows);
  return {first: Math.min(first, Math.max(0, end - 1)), end};
}
