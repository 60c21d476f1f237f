import {titleRoom} from './grid-labels.js';
import {cellBox, shownBox, type Box, type GridCell, type GridLayout} from './grid-layout.js';
import * as styles from './grid-canvas.module.css';

export interface GridMarkProps {
  kind: 'selected' | 'pinned' | 'cursor';
  /** A name of a row or column has the other at -1. */
  cell: GridCell;
  layout: GridLayout;
}

const kinds = {
  selected: styles.mark,
  pinned: `${styles.mark} ${styles.pinned}`,
  cursor: `${styles.mark} ${styles.cursor}`,
};

/** Minimum side of the frame, CSS pixels: cells may be smaller than a pixel. */
const minSide = 4;

/** A frame around a cell, or around the place of a name. */
export function GridMark({kind, cell, layout}: GridMarkProps) {
  const box = boxOf(cell, layout);
  if (!box) return null;
  const [wider, higher] = [Math.max(0, minSide - box.width), Math.max(0, minSide - box.height)];
  const style = {
    left: `${box.left - wider / 2}px`,
    top: `${box.top - higher / 2}px`,
    width: `${box.width + wider}px`,
    height: `${box.height + higher}px`,
  };
  return <i class={kinds[kind]} style={style} />;
}

function boxOf(cell: GridCell, layout: GridLayout): Box | null {
  if (cell.row >= 0 && cell.column >= 0) return shownBox(layout, cell);
  const box = cellBox(layout, cell);
  const {left, top} = layout;
  return cell.row < 0
    ? {left: box.left, width: box.width, top: titleRoom, height: top - titleRoom - 2}
    : {left: titleRoom, width: left - titleRoom - 2, top: box.top, height: box.height};
}
