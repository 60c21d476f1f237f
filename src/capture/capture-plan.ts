import {valuesOf} from '../shared/layer-size.js';
import type {CaptureOptions, LayerInfo} from '../shared/index.js';
import type {Budget} from './budget.js';
import {activationBytes, type OtherCosts} from './disk-costs.js';
import {heldBytes, memoryBytes, MEMORY_SHARES} from '../shared/recording/memory-costs.js';

/** Input of a capture plan. */
export interface Demand {
  /** The captured layers, without inputs. */
  layers: readonly LayerInfo[];
  /** Probe samples. */
  samples: number;
  /** Bytes of the model's inputs for all samples, which are held throughout. */
  inputBytes: number;
  /** Disk costs of the run apart from activations. */
  others: OtherCosts;
  /** Number of epochs that will be captured; null if unknown. */
  captures: number | null;
  options: Pick<CaptureOptions, 'dtype' | 'activations'> & {batchSize: number};
  budget: Budget;
}

/** What is captured, and its costs in bytes. */
export interface CapturePlan extends Pick<CaptureOptions, 'dtype' | 'activations'> {
  /** Layers that are left out, as one sample's activations alone would exceed the memory. */
  leftOut: LayerInfo[];
  /** Probe samples in one forward pass. */
  batchSize: number;
  /** Disk space of an epoch with everything that belongs to it. */
  epochBytes: number;
  runBytes: number;
  /** Disk space that the options request. */
  wantedRunBytes: number;
  /** Additional disk space while an epoch is measured: activations of all samples that memory does not hold. */
  waitingBytes: number;
  /** Maximum memory in addition to the training. */
  memoryBytes: number;
  captures: number;
}

/** Number of captures that a run is planned for if the number is unknown. */
const UNKNOWN_CAPTURES = 20;
/** Samples that are rather stored in half precision than left out: fewer say little of what channels share. */
const WORTHWHILE_SAMPLES = 64;

/**
 * Fits a capture into its budget. On disk, first fewer samples are stored, down to 64; then as float16; then fewer still;
 * then none. Measures always see all samples. In memory, batches are made smaller, and then the largest layers left out.
 */
export function planCapture(demand: Demand): CapturePlan {
  const {samples, inputBytes, others, captures, options, budget} = demand;
  const leftOut = tooLarge(demand.layers, budget.memory * MEMORY_SHARES.sample);
  const layers = demand.layers.filter(layer => !leftOut.includes(layer));
  const values = layers.reduce((sum, layer) => sum + valuesOf(layer), 0);
  const planned = captures ?? UNKNOWN_CAPTURES;
  const wanted = storedOf(options.activations, samples);
  const bytesOf = (stored: number, dtype: CaptureOptions['dtype']) =>
    activationBytes(layers, stored, dtype) + others.epoch;
  const runOf = (epochBytes: number) => epochBytes * planned + others.run;
  const fitting = (dtype: CaptureOptions['dtype']) => {
    const [one, two] = [bytesOf(1, dtype), bytesOf(2, dtype)];
    const left = (budget.disk - others.run) / planned - one;
    return left < 0 ? 0 : 1 + Math.floor(left / Math.max(1, two - one));
  };
  const enough = Math.min(wanted, WORTHWHILE_SAMPLES);
  const dtype = fitting(options.dtype) >= enough ? options.dtype : 'float16';
  const stored = Math.min(wanted, fitting(dtype));
  const epochBytes = bytesOf(stored, dtype);
  const fits = Math.floor((budget.memory * MEMORY_SHARES.batch) / (4 * values));
  const batchSize = Math.max(1, Math.min(options.batchSize, fits));
  const sizes = {sampleBytes: 4 * values, samples};
  return {
    leftOut,
    dtype,
    activations: stored === wanted ? options.activations : stored === 0 ? 'none' : {samples: stored},
    batchSize,
    epochBytes,
    runBytes: runOf(epochBytes),
    wantedRunBytes: runOf(bytesOf(wanted, options.dtype)),
    waitingBytes: heldBytes(sizes, budget.memory) === 0 ? 4 * values * samples : 0,
    memoryBytes: memoryBytes({...sizes, inputBytes, batchSize}, budget.memory),
    captures: planned,
  };
}

/** Number of captures of a fit: the first epoch, every n-th one, and the last. */
export function countCaptures(
  {epochs, initialEpoch}: {epochs: number | null; initialEpoch: number},
  everyEpochs: number,
): number | null {
  if (epochs === null) return null;
  const multiples = Math.floor(epochs / everyEpochs) - Math.floor(initialEpoch / everyEpochs);
  return 1 + multiples + (epochs % everyEpochs === 0 ? 0 : 1);
}

/** The largest layers, as many as must go for one sample's activations to fit. */
function tooLarge(layers: readonly LayerInfo[], bytes: number): LayerInfo[] {
  const largestFirst = [...layers].sort((a, b) => valuesOf(b) - valuesOf(a));
  let left = 4 * layers.reduce((sum, layer) => sum + valuesOf(layer), 0);
  const count = largestFirst.findIndex(layer => {
    if (left <= bytes) return true;
    left -= 4 * valuesOf(layer);
    return false;
  });
  return count < 0 ? [] : largestFirst.slice(0, count);
}

function storedOf(activations: CaptureOptions['activations'], samples: number): number {
  if (activations === 'all') return samples;
  return activations === 'none' ? 0 : Math.min(activations.samples, samples);
}
