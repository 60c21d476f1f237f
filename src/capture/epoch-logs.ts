import {isTensor} from '../model/is-tensor.js';
import type {LogsRow} from '../shared/index.js';
import {show} from './show.js';
import type {Tensor} from '../model/tensorflow.js';

/** Loss and metrics of one epoch, by name. */
export type EpochLogs = Record<string, number | Tensor>;

/**
 * Rows of the `logs` table; what is not finite is null. Tensors are left to their owner.
 *
 * @throws {TypeError} if they are no object, or a value is neither a number nor a tensor of one value.
 */
export async function readLogs(epoch: number, logs: EpochLogs): Promise<LogsRow[]> {
  if (typeof logs !== 'object' || (logs as unknown) === null)
    throw new TypeError(`logs must be numbers by name, {loss: 0.5}, got ${show(logs)}.`);
  return Promise.all(
    Object.entries(logs).map(async ([name, value]) => {
      const number = await numberOf(name, value);
      return {epoch, name, value: Number.isFinite(number) ? number : null};
    }),
  );
}

async function numberOf(name: string, value: unknown): Promise<number> {
  if (typeof value === 'number') return value;
  if (isTensor(value) && value.size === 1) return (await value.data())[0] as number;
  const received = Array.isArray(value)
    ? `an array of ${value.length}; trainOnBatch gives [loss, ...metrics], each of which needs its own name`
    : isTensor(value)
      ? `a tensor of shape [${value.shape.join(', ')}]`
      : String(value);
  throw new TypeError(`logs.${name} must be a number or a tensor of one value, got ${received}.`);
}
