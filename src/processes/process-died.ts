/** The process that computed an answer ended early: it ran out of memory, or exceeded its time limit. */
export class ProcessDied extends Error {
  override name = 'ProcessDied';
}
