import type {SourceBatch} from './activation-pass.js';
import type {LabelledSet} from './labelled-set.js';
import {assertNamedTensors, type NamedTensors, type NetworkFunction} from './named-tensors.js';
import {reasonOf} from '../shared/recording/stages.js';
import type {Tensor, TensorFlow} from '../model/tensorflow.js';

/**
 * The argument of `capture` for a custom network: its tensors for the probe at each epoch, or a function that computes
 * them of any samples. Either may take turns with the other; names and shapes stay.
 */
export class GivenTensors {
  readonly #tf: Pick<TensorFlow, 'cast' | 'dispose' | 'gather' | 'keep' | 'reshape' | 'tensor1d'>;
  readonly #probe: LabelledSet;
  #given: NamedTensors | NetworkFunction;
  /** Shape of one sample of each tensor, in the order of the first; null until that is known. */
  #shapes: ReadonlyMap<string, readonly number[]> | null = null;
  /** Copies of the tensors of an epoch that was passed over. */
  #held: NamedTensors = {};

  /** @throws {TypeError | RangeError} if tensors are none, or not of the whole probe. */
  constructor(tf: TensorFlow, given: NamedTensors | NetworkFunction, probe: LabelledSet) {
    if (typeof given !== 'function') assertNamedTensors(given, 'capture', probe.given);
    this.#tf = tf;
    this.#given = given;
    this.#probe = probe;
  }

  /** From now on all must have these names and shapes. */
  settle(shapes: ReadonlyMap<string, readonly number[]>): void {
    this.#shapes = shapes;
  }

  /**
   * The tensors received for another epoch.
   *
   * @throws {TypeError | RangeError} naming what is not as at first.
   */
  take(given: NamedTensors | NetworkFunction): void {
    this.release();
    if (typeof given !== 'function') {
      assertNamedTensors(given, 'capture', this.#probe.given);
      this.#assertAsBefore(given);
    }
    this.#given = given;
  }

  /** Keeps copies of tensors, which their owner is going to dispose. */
  hold(): void {
    if (typeof this.#given === 'function') return;
    const copies = Object.entries(this.#given).map(
      ([name, tensor]) => [name, this.#tf.keep(tensor.clone())] as const,
    );
    this.#given = this.#held = Object.fromEntries(copies);
  }

  release(): void {
    this.#tf.dispose(Object.values(this.#held));
    this.#held = {};
  }

  /**
   * Call it in a `tidy`, which owns the result.
   *
   * @returns Of each sample of the batch, by name: float32, [count, …, channels].
   * @throws {TypeError | RangeError} naming what is not as at first, or if tensors are no longer there.
   */
  of(batch: SourceBatch): NamedTensors {
    const given = this.#given;
    const tensors = typeof given === 'function' ? called(given, batch) : this.#rows(given, batch);
    this.#assertAsBefore(tensors);
    return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, this.#own(tensor)]));
  }

  #rows(given: NamedTensors, {set, start, count}: SourceBatch): NamedTensors {
    if (set !== this.#probe) throw new RangeError(NO_EVALUATION);
    assertNamedTensors(given, 'capture', set.given);
    const rows = Int32Array.from({length: count}, (_, i) => set.rows?.[start + i] ?? start + i);
    const indices = this.#tf.tensor1d(rows, 'int32');
    return Object.fromEntries(
      Object.entries(given).map(([name, tensor]) => [name, this.#tf.gather(tensor, indices)]),
    );
  }

  /** Never the user's own tensor, as what the pass has read is disposed. */
  #own(tensor: Tensor): Tensor {
    const units = tensor.rank === 1 ? this.#tf.reshape(tensor, [-1, 1]) : tensor;
    return units.dtype === 'float32' ? units.clone() : this.#tf.cast(units, 'float32');
  }

  #assertAsBefore(tensors: NamedTensors): void {
    if (!this.#shapes) return;
    const [before, now] = [[...this.#shapes.keys()], Object.keys(tensors)];
    const missing = before.find(name => !now.includes(name));
    const added = now.find(name => !before.includes(name));
    const rule = 'the layers of a run stay as they are; await close() before another run';
    if (missing !== undefined) throw new RangeError(`there is no "${missing}" any more; ${rule}.`);
    if (added !== undefined) throw new RangeError(`"${added}" was not there at first; ${rule}.`);
    for (const [name, shape] of this.#shapes) {
      const received = sampleShape(tensors[name] as Tensor);
      if (received.join() === shape.join()) continue;
      const text = (extents: readonly number[]) => `[${['N', ...extents].join(', ')}]`;
      throw new RangeError(`"${name}" had the shape ${text(shape)} and now has ${text(received)}; ${rule}.`);
    }
  }
}

export const NO_EVALUATION =
  'options.evaluation is another set than the probe, which the tensors are of; give capture a function, xs => ({logits: …}), which takes either.';

/** A tensor without channels is one unit. */
export function sampleShape({rank, shape}: Tensor): number[] {
  return rank === 1 ? [1] : shape.slice(1);
}

function called(network: NetworkFunction, {xs, count}: SourceBatch): NamedTensors {
  let tensors: NamedTensors;
  try {
    tensors = network(...xs());
  } catch (error) {
    throw new Error(`the function that capture was given threw: ${reasonOf(error)}`, {cause: error});
  }
  assertNamedTensors(tensors, 'function', count);
  return tensors;
}
