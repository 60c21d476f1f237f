import {mostSmoothing} from '../../model/view-state.js';
import {view} from '../../state/view-state.js';

/** How smooth the lines over time are: the weight of what came before, as TensorBoard's slider has it. */
export function Smoothing() {
  const weight = (view.smoothing.value / 100).toFixed(2);
  return (
    <label class="field smoothing" title="The raw lines stay behind; tooltips and tables tell raw values">
      <span>Smoothing</span>
      <input
        type="range"
        min="0"
        max={mostSmoothing}
        step="1"
        value={view.smoothing.value}
        aria-valuetext={weight}
        onInput={event => (view.smoothing.value = Number(event.currentTarget.value))}
      />
      <output>{weight}</output>
    </label>
  );
}

/** What a panel says of lines that are smoothed; nothing where they are not. */
export function smoothingNote(): string {
  const percent = view.smoothing.value;
  return percent === 0 ? '' : ` · smoothed by ${(percent / 100).toFixed(2)}, faint: raw`;
}
