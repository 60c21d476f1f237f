import type {LayerInfo} from '../shared/index.js';
import type {EpochManifest, FailedPart} from './manifest.js';

/** What was asked for could not be stored when the epoch was captured; all else of the epoch is there. */
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
 * @returns `undefined` where nothing of the kind failed: then the part was not asked for.
 */
export function failureOf(
  {failed = []}: Pick<EpochManifest, 'failed'>,
  stage: string,
  of: string | null,
): FailedPart | undefined {
  return failed.find(part => part.stage === stage && (part.of === of || part.of === null));
}

/** Whether the epoch holds the activations of a layer, inputs left out: those are in the probe. */
export function holdsMaps({files}: EpochManifest, {name}: LayerInfo): boolean {
  return files.some(file => file.kind === 'activations' && file.layer === name);
}
