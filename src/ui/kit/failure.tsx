import * as buttonStyles from './button.module.css';
import * as panelMessageStyles from './panel-message.module.css';

/** Shows a failed request in one line, with a button to retry. */
export function Failure({message, onRetry}: {message: string; onRetry: () => void}) {
  return (
    <div class={panelMessageStyles.root} role="alert">
      <p>{message}</p>
      <RetryButton onRetry={onRetry} />
    </div>
  );
}

export function RetryButton({onRetry}: {onRetry: () => void}) {
  return (
    <button type="button" class={buttonStyles.root} onClick={onRetry}>
      Try again
    </button>
  );
}
