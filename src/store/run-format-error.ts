import {inOneLine} from './in-one-line.js';

/** `not-a-run`: no run is there; `version`: another format version; `damaged`: a file of the run cannot be trusted. */
export type RunFormatErrorCode = 'not-a-run' | 'version' | 'damaged';

/** A run folder that cannot be read, in one line that says what to do. */
export class RunFormatError extends Error {
  override readonly name = 'RunFormatError';
  /** The epoch that the damage is confined to; null where it concerns the run. */
  readonly epoch: number | null;

  constructor(
    readonly code: RunFormatErrorCode,
    message: string,
    {epoch = null, ...options}: ErrorOptions & {epoch?: number | null} = {},
  ) {
    super(inOneLine(message), options);
    this.epoch = epoch;
  }
}
