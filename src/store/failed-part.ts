import type {LayerInfo} from '../shared/index.js';
import type {EpochManifest, FailedPart} from './manifest.js';

/** Thrown if a part could not be stored when the epoch was captured; the rest of the epoch exists. */
export class FailedPartError extends RangeError {
  override name = 'FailedPartError';

  constructor(
    readonly epoch: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Why an epoch lacks a part, as its manifest says.
 *
 * @param of - The layer or table; null where there is one thing only.
 * @returns `undefined` if nothing of the kind failed: then the part was not requested.
 */
export function failureOf(
  {failed = []}: Pick<EpochManifest, 'failed'>,
  stage: string,
  of: string | null,
): FailedPart | undefined {
  return failed.find(part => part.stage === stage && (part.of === of || part.of === null));
}

/** Checks whether the epoch has the activations of a layer; inputs are in the probe instead. */
export function holdsMaps({files}: EpochManifest, {name}: LayerInfo): boolean {
  return files.some(file => file.kind === 'activations' && file.layer === name);
}
