import type {LayersModel} from '../model/tensorflow.js';
import type {NamedTensors, NetworkFunction} from './named-tensors.js';
import type {Training} from './training.js';

/** The network captured by a custom loop. */
export interface Captured {
  model: LayersModel | null;
  /** Replaces the model. */
  tensors?: NamedTensors | NetworkFunction | undefined;
}

/** @throws {Error | RangeError} if a loop of the user's own cannot capture epoch `t` now. */
export function assertNext(training: Training | null, {model, tensors}: Captured, t: number): void {
  if (!model && tensors === undefined) {
    throw new Error(
      'there is no model; call setModel(model) before, or give capture tensors: capture(epoch, logs, {conv1: …}).',
    );
  }
  if (!Number.isSafeInteger(t) || t < 0) {
    throw new RangeError(`an epoch must be an integer >= 0, the epochs trained so far, got ${t}.`);
  }
  if (!training) return;
  if (!training.byHand) {
    throw new Error(
      'a fit is under way, which captures by itself; after one that was broken off, await close() first.',
    );
  }
  const {model: before} = training.network;
  if (tensors === undefined && before === null)
    throw new Error('the run is one of named tensors; give capture those of this epoch, too.');
  if (tensors !== undefined && before !== null)
    throw new Error('the run is that of a model; await close() before capturing named tensors.');
  if (tensors === undefined && before !== model)
    throw new Error('it is another model; await close() before setModel(…).');
  if (t <= training.lastEpoch) {
    throw new RangeError(`epochs must ascend, and epoch ${training.lastEpoch} was before it.`);
  }
}
