import {LeftIcon, RightIcon} from '../../kit/icons.js';
import {place} from '../../state/link.js';

/** Back and forward through the questions asked; the browser's own buttons do the same. */
export function HistoryButtons() {
  const {at, last} = place.value;
  return (
    <div class="history" role="group" aria-label="Queries asked">
      <button
        type="button"
        class="icon-button"
        aria-label="Previous query"
        title="Previous query"
        disabled={at === 0}
        onClick={() => window.history.back()}
      >
        <LeftIcon />
      </button>
      <button
        type="button"
        class="icon-button"
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
