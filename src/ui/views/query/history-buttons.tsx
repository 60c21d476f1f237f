import {IconButton} from '../../kit/icon-button.js';
import {LeftIcon, RightIcon} from '../../kit/icons.js';
import {place} from '../../state/link.js';
import * as styles from './history-buttons.module.css';

/** Back and forward through what was opened and asked; the browser's own buttons do the same. */
export function HistoryButtons() {
  const {at, last} = place.value;
  return (
    <div class={styles.root} role="group" aria-label="History">
      <IconButton
        label="Back"
        title="Back to what was shown before"
        disabled={at === 0}
        onClick={() => window.history.back()}
      >
        <LeftIcon />
      </IconButton>
      <IconButton
        label="Forward"
        title="Forward again"
        disabled={at >= last}
        onClick={() => window.history.forward()}
      >
        <RightIcon />
      </IconButton>
    </div>
  );
}
