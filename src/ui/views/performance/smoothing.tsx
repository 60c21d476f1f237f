import {maxSmoothing} from '../../model/view-state.js';
import {view} from '../../state/view-state.js';
import * as fieldStyles from '../../kit/field.module.css';
import * as styles from './smoothing.module.css';

/** Sets the smoothing of the lines over time: the weight of earlier values, like TensorBoard's slider. */
export function Smoothing() {
  const weight = (view.smoothing.value / 100).toFixed(2);
  return (
    <label
      class={`${fieldStyles.root} ${styles.root}`}
      title="The raw lines stay behind; tooltips and tables tell raw values"
    >
      <span>Smoothing</span>
      <input
        type="range"
        min="0"
        max={maxSmoothing}
        step="1"
        value={view.smoothing.value}
        aria-valuetext={weight}
        onInput={event => (view.smoothing.value = Number(event.currentTarget.value))}
      />
      <output>{weight}</output>
    </label>
  );
}

/** Returns a panel's note on smoothing; empty if there is none. */
export function smoothingNote(): string {
  const percent = view.smoothing.value;
  return percent === 0 ? '' : ` · smoothed by ${(percent / 100).toFixed(2)}, faint: raw`;
}
