import type {LaneRow} from './lanes.js';
import * as styles from './lanes-svg.module.css';

export interface LanesProps {
  row: LaneRow;
  lanes: number;
  /** CSS pixels. */
  height: number;
  /** The row has a dot that is filled. */
  isSolid: boolean;
}

/** Width of one lane, CSS pixels; narrower if there are many. */
function pitchOf(lanes: number): number {
  return Math.min(10, 48 / lanes);
}

/** Width of the lines next to the rows; 0 if all are in one lane, as the order shows it already. */
export function lanesWidth(lanes: number): number {
  return lanes < 2 ? 0 : lanes * pitchOf(lanes);
}

/** Draws the part of the graph's lines next to one row. */
export function Lanes({row, lanes, height, isSolid}: LanesProps) {
  const width = lanesWidth(lanes);
  if (width === 0) return null;
  const pitch = pitchOf(lanes);
  const x = (lane: number): number => (lane + 0.5) * pitch;
  const middle = height / 2;
  const down = (lane: number): string => `M${x(lane)} 0V${height}`;
  const into = (lane: number, own: number): string =>
    lane === own
      ? `M${x(own)} 0V${middle}`
      : `M${x(lane)} 0C${x(lane)} ${middle * 0.8} ${x(own)} ${middle * 0.2} ${x(own)} ${middle}`;
  const {lane, enters, passes, leaves} = row;
  const path = [
    ...passes.map(down),
    ...(lane === null ? [] : enters.map(from => into(from, lane))),
    ...(lane !== null && leaves ? [`M${x(lane)} ${middle}V${height}`] : []),
  ].join('');
  return (
    <svg class={styles.root} width={width} height={height} aria-hidden="true" focusable="false">
      <path d={path} />
      {lane !== null && (
        <circle
          class={isSolid ? styles.solid : undefined}
          cx={x(lane)}
          cy={middle}
          r={Math.min(3, pitch / 2 - 0.5)}
        />
      )}
    </svg>
  );
}
