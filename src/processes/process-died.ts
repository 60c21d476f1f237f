/** The process that was at an answer ended before it was done: it ran out of memory, or out of the time it was given. */
export class ProcessDied extends Error {
  override name = 'ProcessDied';
}
