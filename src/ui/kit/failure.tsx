/** What could not be had, in one line, and a button that asks for it again. */
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
