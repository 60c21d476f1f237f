import {useState} from 'preact/hooks';
import {playing, playSpeed, showEpoch, togglePlay} from '../state/clock.js';
import {connected, currentEpoch, epochs, primaryRun} from '../state/runs.js';
import {EpochTrack} from './epoch-track.js';
import {IconButton} from '../kit/icon-button.js';
import {PauseIcon, PlayIcon} from '../kit/icons.js';
import * as liveDotStyles from './live-dot.module.css';
import * as styles from './epoch-bar.module.css';

/** Factors of the usual speed. */
const speeds = [0.25, 0.5, 1, 2, 4];

/** The one clock of the page: play, the loss as the slider's track, and the epoch as a number one can type. */
export function EpochBar() {
  const run = primaryRun.value;
  const epoch = currentEpoch.value;
  if (!run || epoch === null) return null;
  const isPlaying = playing.value;
  return (
    <footer class={styles.root}>
      <IconButton
        class={styles.play}
        label={isPlaying ? 'Stop' : 'Play'}
        title={isPlaying ? 'Stop (Space)' : 'Play (Space)'}
        disabled={epochs.value.length < 2}
        onClick={togglePlay}
      >
        {isPlaying ? <PauseIcon /> : <PlayIcon />}
      </IconButton>
      <select
        aria-label="Speed of playing"
        class={styles.speed}
        value={String(playSpeed.value)}
        disabled={epochs.value.length < 2}
        onChange={event => (playSpeed.value = Number(event.currentTarget.value))}
      >
        {speeds.map(speed => (
          <option key={speed} value={String(speed)}>
            {speed}×
          </option>
        ))}
      </select>
      <EpochTrack run={run} epoch={epoch} />
      <EpochNumber epoch={epoch} planned={run.plannedEpochs} />
      {(run.live || !connected.value) && (
        <span
          class={connected.value ? styles.live : `${styles.live} ${styles.lost}`}
          role="status"
          title={
            connected.value ? undefined : 'The server does not answer. Is "cnnslicer view" still running?'
          }
        >
          <span class={liveDotStyles.root} />
          {connected.value ? 'live' : 'no server, reconnecting'}
        </span>
      )}
    </footer>
  );
}

function EpochNumber({epoch, planned}: {epoch: number; planned: number}) {
  const [typed, setTyped] = useState<string | null>(null);
  const take = (): void => {
    if (typed !== null && /^\d+$/.test(typed.trim())) showEpoch(Number(typed));
    setTyped(null);
  };
  return (
    <label class={styles.number}>
      <span>epoch</span>
      <input
        type="text"
        inputMode="numeric"
        value={typed ?? String(epoch)}
        onInput={event => setTyped(event.currentTarget.value)}
        onFocus={event => event.currentTarget.select()}
        onBlur={take}
        onKeyDown={event => {
          if (event.key === 'Enter') take();
          if (event.key === 'Escape') setTyped(null);
        }}
      />
      <span class="faint">of {planned}</span>
    </label>
  );
}
