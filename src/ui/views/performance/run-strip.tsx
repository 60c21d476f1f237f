import {runColour} from '../../charts/palette.js';
import {count, plural} from '../../model/format.js';
import {
  isUsable,
  makePrimary,
  primaryRun,
  runs,
  selectedRuns,
  showOnly,
  toggleRun,
} from '../../state/runs.js';
import {CloseIcon} from '../../shell/icons.js';
import {theme} from '../../shell/theme.js';

/** The runs compared, in the colours of every chart below, and the choice of another input size. */
export function RunStrip() {
  return (
    <div class="strip">
      {selectedRuns.value.length > 1 && (
        <div class="chips" role="group" aria-label="Runs compared">
          {selectedRuns.value.map((run, position) => (
            <span class="chip" key={run.id}>
              <button
                type="button"
                aria-pressed={position === 0}
                title={position === 0 ? 'The primary run' : 'Make this the primary run'}
                onClick={() => makePrimary(run.id)}
              >
                <span class="swatch" style={{backgroundColor: runColour(theme.value, position)}} />
                {run.name}
                {run.trainingSamples !== null && (
                  <span class="faint">{plural(run.trainingSamples, 'training sample')}</span>
                )}
              </button>
              <button
                type="button"
                class="chip-remove"
                aria-label={`Remove ${run.name}`}
                onClick={() => toggleRun(run.id)}
              >
                <CloseIcon />
              </button>
            </span>
          ))}
        </div>
      )}
      <InputSize />
    </div>
  );
}

/** Chooses the primary run by how many samples it was trained with; nothing where all runs had the same number. */
function InputSize() {
  const sized = (runs.value ?? []).filter(run => isUsable(run) && run.trainingSamples !== null);
  const sizes = [...new Set(sized.map(run => run.trainingSamples ?? 0))].sort((a, b) => a - b);
  if (sizes.length < 2) return null;
  const choose = (size: number): void => {
    const compared = selectedRuns.value.find(run => run.trainingSamples === size);
    const run = compared ?? sized.find(other => other.trainingSamples === size);
    if (compared) makePrimary(compared.id);
    else if (run) showOnly(run.id);
  };
  return (
    <label class="field">
      <span>Input size</span>
      <select
        value={String(primaryRun.value?.trainingSamples ?? '')}
        onChange={event => choose(Number(event.currentTarget.value))}
      >
        {sizes.map(size => (
          <option key={size} value={String(size)}>
            {count(size)} training samples
          </option>
        ))}
      </select>
    </label>
  );
}
