import type {Layer, LayersModel, TensorFlow} from '../model/tensorflow.js';
import {anyPadded, inputShapeOf, shortAndPadded, squareWindows} from './windows-of-layer.js';

/** Fault of a backend for a layer; docs/decisions/wasm-training.md lists the cases. */
type Fault = 'no gradient' | 'wrong gradient' | 'wrong output';

const warned = new WeakSet<LayersModel>();

/**
 * Warns in one line, once for each model, about the backend's faults for its layers, or why it cannot train them, and what
 * to add. Says nothing where all is right as far as is known.
 */
export function warnOfBackend(tf: TensorFlow, model: LayersModel): void {
  if (warned.has(model)) return;
  const line = backendWarning(tf, model);
  if (line === null) return;
  warned.add(model);
  console.warn(line);
}

function backendWarning(tf: TensorFlow, model: LayersModel): string | null {
  const backend = tf.getBackend();
  const fixed = hasKernel(tf, 'Conv2DBackpropFilter', 'wasm');
  const faultOf = backend === 'cpu' ? faultOnCpu : backend === 'wasm' && !fixed ? faultOnWasm : null;
  if (faultOf === null) return null;
  const found = new Map<Fault, string[]>();
  for (const layer of new Set(everyLayer(model.layers))) {
    const fault = faultOf(layer);
    if (fault !== null) found.set(fault, [...(found.get(fault) ?? []), layer.name]);
  }
  if (found.size === 0) return null;
  const faults = [...found].map(([fault, names]) => `${fault} of ${someOf(names)}`).join(', ');
  const remedy =
    backend === 'wasm'
      ? "before training, await enableWasmTraining(tf) from 'cnnslicer/wasm'."
      : 'use the wasm backend with enableWasmTraining(tf), or tfjs-node.';
  return `cnnslicer: tfjs' ${backend} backend has ${faults}; ${remedy}`;
}

function hasKernel(tf: TensorFlow, kernel: string, backend: string): boolean {
  return (tf.getKernel(kernel, backend) as object | undefined) !== undefined;
}

function someOf(names: readonly string[]): string {
  const left = names.length - 3;
  return `${names.slice(0, 3).join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
}

/** As the backend is without `enableWasmTraining`. */
function faultOnWasm(layer: Layer): Fault | null {
  const kind = layer.getClassName();
  if (/^(Separable|Depthwise)?Conv2D$/.test(kind) && shortAndPadded(layer)) return 'wrong output';
  if (layer.trainableWeights.length > 0) {
    if (/^((Separable|Depthwise)?Conv2D|Conv1D|Conv2DTranspose|ConvLSTM2D|Embedding)$/.test(kind)) {
      return 'no gradient';
    }
    if (kind === 'Conv3D') return 'wrong gradient';
  }
  if (kind === 'MaxPooling3D') return 'wrong output'; // of windows without a value above 0
  if (/^MaxPooling[12]D$/.test(kind)) return 'wrong gradient';
  return faultOfBoth(layer);
}

function faultOnCpu(layer: Layer): Fault | null {
  const kind = layer.getClassName();
  if (kind === 'UpSampling2D' && copiesPixels(layer)) return 'wrong gradient'; // of more than one sample
  if (kind === 'MaxPooling3D' && !squareWindows(layer)) return 'wrong gradient';
  return faultOfBoth(layer);
}

function faultOfBoth(layer: Layer): Fault | null {
  const kind = layer.getClassName();
  if (/^AveragePooling[123]D$/.test(kind) && anyPadded(layer)) return 'wrong gradient'; // too small at the border
  if (kind === 'BatchNormalization') {
    const {axis} = layer as unknown as {axis: number};
    const rank = inputShapeOf(layer)?.length;
    if (axis >= 0 && rank !== undefined && axis !== rank - 1) return 'wrong output';
  }
  return null;
}

function copiesPixels(layer: Layer): boolean {
  const {size, interpolation = 'nearest'} = layer as unknown as {size: number[]; interpolation?: string};
  return interpolation === 'nearest' && size.some(factor => factor > 1);
}

/** Layers, those in models and wrappers among them. */
function everyLayer(layers: readonly Layer[]): Layer[] {
  return layers.flatMap(layer => {
    const {layers: inner, layer: wrapped, forwardLayer} = layer as Layer & Inner;
    return [
      layer,
      ...everyLayer([...(inner ?? []), wrapped, forwardLayer].filter(held => held !== undefined)),
    ];
  });
}

interface Inner {
  layers?: Layer[];
  layer?: Layer;
  forwardLayer?: Layer;
}
