import {pixelsOf} from '../metrics/shapes.js';
import type {CaptureOptions, LayerInfo} from '../shared/index.js';
import type {Budget} from './budget.js';

/** What a capture is planned from. */
export interface Demand {
  /** The captured layers, without inputs. */
  layers: readonly LayerInfo[];
  /** Probe samples. */
  samples: number;
  /** Bytes of the weights that each epoch stores. */
  weightBytes: number;
  /** Epochs that are going to be captured; null where nobody says. */
  captures: number | null;
  options: Pick<CaptureOptions, 'dtype' | 'activations'> & {batchSize: number};
  budget: Budget;
}

/** What is captured, and what that takes, in bytes. */
export interface CapturePlan extends Pick<CaptureOptions, 'dtype' | 'activations'> {
  /** Layers that are left out, as one sample's activations alone would exceed the memory. */
  leftOut: LayerInfo[];
  /** Probe samples in one forward pass. */
  batchSize: number;
  /** On disk. */
  epochBytes: number;
  runBytes: number;
  /** What the options ask for, on disk. */
  wantedRunBytes: number;
  captures: number;
}

/** Captures that a run is planned for where nobody says how many there will be. */
const UNKNOWN_CAPTURES = 20;
/** Samples that are rather stored in half precision than left out: fewer say little of what channels share. */
const WORTHWHILE_SAMPLES = 64;
/** Shares of the memory that one batch, and one sample of it, may have: a batch is there several times on its way. */
const BATCH_SHARE = 1 / 8;
const SAMPLE_SHARE = 1 / 4;

/**
 * Fits a capture into its budget. On disk, first fewer samples are stored, down to 64; then as float16; then fewer still;
 * then none. Measures always see all samples. In memory, batches are made smaller, and then the largest layers left out.
 */
export function planCapture({layers, samples, weightBytes, captures, options, budget}: Demand): CapturePlan {
  const leftOut = tooLarge(layers, budget.memory * SAMPLE_SHARE);
  const values = layers
    .filter(layer => !leftOut.includes(layer))
    .reduce((sum, layer) => sum + valuesOf(layer), 0);
  const planned = captures ?? UNKNOWN_CAPTURES;
  const wanted = storedOf(options.activations, samples);
  const bytesOf = (stored: number, dtype: CaptureOptions['dtype']) =>
    stored * values * (dtype === 'float32' ? 4 : 2) + weightBytes;
  const fitting = (dtype: CaptureOptions['dtype']) =>
    Math.floor((budget.disk / planned - weightBytes) / Math.max(1, bytesOf(1, dtype) - weightBytes));
  const enough = Math.min(wanted, WORTHWHILE_SAMPLES);
  const dtype = fitting(options.dtype) >= enough ? options.dtype : 'float16';
  const stored = Math.max(0, Math.min(wanted, fitting(dtype)));
  const epochBytes = bytesOf(stored, dtype);
  return {
    leftOut,
    dtype,
    activations: stored === wanted ? options.activations : stored === 0 ? 'none' : {samples: stored},
    batchSize: Math.max(
      1,
      Math.min(options.batchSize, Math.floor((budget.memory * BATCH_SHARE) / (4 * values))),
    ),
    epochBytes,
    runBytes: epochBytes * planned,
    wantedRunBytes: bytesOf(wanted, options.dtype) * planned,
    captures: planned,
  };
}

/** Captures of a fit: the first, every so many epochs, and the last. */
export function countCaptures(
  {epochs, initialEpoch}: {epochs: number | null; initialEpoch: number},
  everyEpochs: number,
): number | null {
  if (epochs === null) return null;
  const multiples = Math.floor(epochs / everyEpochs) - Math.floor(initialEpoch / everyEpochs);
  return 1 + multiples + (epochs % everyEpochs === 0 ? 0 : 1);
}

/** Values of one sample. */
export function valuesOf(layer: LayerInfo): number {
  return pixelsOf(layer) * layer.channels;
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
