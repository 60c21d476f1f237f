import {keyStep} from './use-grid-gestures.js';
import * as styles from './grid-canvas.module.css';

/** Height that the buttons take below a grid, CSS pixels. */
export const zoomRoom = 30;

export interface ZoomButtonsProps {
  /** Start of the raster, CSS pixels. */
  left: number;
  isWhole: boolean;
  onZoom: (factor: number) => void;
  onWhole: () => void;
}

/** Zooms a grid without wheel or keyboard, and says how else it is done. */
export function ZoomButtons({left, isWhole, onZoom, onWhole}: ZoomButtonsProps) {
  const buttons = [
    ['Zoom in', '+', () => onZoom(keyStep)],
    ['Zoom out', '−', () => onZoom(1 / keyStep)],
    ['Whole grid', '⤢', onWhole],
  ] as const;
  return (
    <div
      class={styles.zoom}
      style={{left: `${left}px`}}
      onKeyDown={event => event.key !== 'Escape' && event.stopPropagation()}
    >
      {buttons.map(([name, sign, act], i) => (
        <button
          key={name}
          type="button"
          aria-label={name}
          title={name}
          disabled={isWhole && i > 0}
          onClick={act}
        >
          {sign}
        </button>
      ))}
      <span>{isWhole ? 'the wheel zooms' : 'drag moves'}</span>
    </div>
  );
}
