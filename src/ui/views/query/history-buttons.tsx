import {IconButton} from '../../kit/icon-button.js';
import {LeftIcon, RightIcon} from '../../kit/icons.js';
import {place} from '../../state/link.js';
import * as styles from './history-buttons.module.css';

/** Back and forward through the queries submitted; the browser's own buttons do the same. */
export function HistoryButtons() {
  const {at, last} = place.value;
  return (
    <div class={styles.root} role="group" aria-label="Queries asked">
      <IconButton label="Previous query" disabled={at === 0} onClick={() => window.history.back()}>
        <LeftIcon />
      </IconButton>
      <IconButton label="Next query" disabled={at >= last} onClick={() => window.history.forward()}>
        <RightIcon />
      </IconButton>
    </div>
  );
}
