import type {Network} from './network.js';
import type {FitParams} from './run-description.js';

/** The network that was trained last, how far, and its run. */
export interface Reached {
  network: Network;
  epoch: number;
  /** The folder of the run. */
  dir: string;
  /** Identifies the run; undefined where its writer gave it no identity. */
  id: string | undefined;
}

/** Returns the epoch from which a fit counts. */
export function firstEpoch({initialEpoch}: FitParams): number {
  return typeof initialEpoch === 'number' ? initialEpoch : 0;
}

/** Returns the parameters of a fit with its epochs counted in the run that it continues. */
export function onward(params: FitParams, offset: number): FitParams {
  if (offset === 0) return params;
  const {epochs} = params;
  return {
    ...params,
    initialEpoch: firstEpoch(params) + offset,
    epochs: typeof epochs === 'number' ? epochs + offset : epochs,
  };
}
