import {LeftIcon, RightIcon} from '../../kit/icons.js';
import {place} from '../../state/link.js';
import * as iconButtonStyles from '../../kit/icon-button.module.css';
import * as styles from './history-buttons.module.css';

/** Back and forward through the questions asked; the browser's own buttons do the same. */
export function HistoryButtons() {
  const {at, last} = place.value;
  return (
    <div class={styles.root} role="group" aria-label="Queries asked">
      <button
        type="button"
        class={iconButtonStyles.root}
        aria-label="Previous query"
        title="Previous query"
        disabled={at === 0}
        onClick={() => window.history.back()}
      >
        <LeftIcon />
      </button>
      <button
        type="button"
        class={iconButtonStyles.root}
        aria-label="Next query"
        title="Next query"
        disabled={at >= last}
        onClick={() => window.history.forward()}
      >
        <RightIcon />
      </button>
    </div>
  );
}
