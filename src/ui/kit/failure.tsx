/** Shows a failed request in one line, with a button to retry. */
export function Failure({message, onRetry}: {message: string; onRetry: () => void}) {
  return (
    <div class="panel-message" role="alert">
      <p>{message}</p>
      <RetryButton onRetry={onRetry} />
    </div>
  );
}

export function RetryButton({onRetry}: {onRetry: () => void}) {
  return (
    <button type="button" class="button" onClick={onRetry}>
      Try again
    </button>
  );
}
