import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import test from 'ava';
import {enableWasmTraining} from 'cnnslicer/wasm';
import {convolutionGradients, on, worstError, type ConvolutionCase} from '../support/wasm-training.js';

/** Frees the wasm backend; the next `setBackend('wasm')` makes a new one. */
async function forgetWasmBackend(): Promise<void> {
  await tf.setBackend('cpu');
  const factory = tf.findBackendFactory('wasm');
  tf.removeBackend('wasm');
  tf.registerBackend('wasm', factory);
}

const convolution: ConvolutionCase = {input: [2, 8, 8, 3], filter: [3, 3, 3, 5], strides: 1, pad: 'same'};

test.serial('another backend is refused, with what to do', async t => {
  await tf.setBackend('cpu');
  await t.throwsAsync(enableWasmTraining(tf), {
    message:
      "enableWasmTraining: the active backend must be 'wasm', got 'cpu'; await tf.setBackend('wasm') first.",
  });
});

test.serial('a wasm backend that was never imported is named in the error', async t => {
  const withoutWasm = {...tf, findBackendFactory: () => null} as unknown as typeof tf;
  await t.throwsAsync(enableWasmTraining(withoutWasm), {
    message: /import '@tensorflow\/tfjs-backend-wasm' and await tf\.setBackend\('wasm'\) first\.$/,
  });
});

test.serial('anything but tfjs is refused', async t => {
  for (const [value, kind] of [
    [undefined, 'undefined'],
    [{}, 'object'],
  ] as const) {
    // prettier-ignore
    await t.throwsAsync(enableWasmTraining(value as unknown as typeof tf), {
      instanceOf: TypeError,
      message: `enableWasmTraining: tf must be TensorFlow.js itself (import * as tf from '@tensorflow/tfjs'), got ${kind}.`,
    });
  }
});

test.serial('a backend of another version is refused, and a later call succeeds', async t => {
  await tf.setBackend('wasm');
  const kernel = tf.getKernel('Reverse', 'wasm');
  tf.unregisterKernel('Reverse', 'wasm');
  await t.throwsAsync(enableWasmTraining(tf), {
    message:
      /^enableWasmTraining: the wasm backend lacks the kernel Reverse \(tfjs .+\); install .+ 4\.22\.$/,
  });
  tf.registerKernel(kernel);
  const backend = tf.backend() as unknown as {getMemoryOffset: unknown};
  backend.getMemoryOffset = undefined; // hides the method of the prototype
  await t.throwsAsync(enableWasmTraining(tf), {message: /lacks the method getMemoryOffset/});
  Reflect.deleteProperty(backend, 'getMemoryOffset');
  t.is(tf.getKernel('Conv2DBackpropFilter', 'wasm'), undefined as never);
});

test.serial('called while setBackend is under way, it waits; twice at once, it registers once', async t => {
  await forgetWasmBackend();
  const setting = tf.setBackend('wasm');
  const [first, second] = await Promise.all([enableWasmTraining(tf), enableWasmTraining(tf)]);
  t.true(await setting);
  t.is(first, second);
  const registered = first.kernels.map(({name}) => tf.getKernel(name, 'wasm').kernelFunc);
  t.is(await enableWasmTraining(tf), first);
  t.deepEqual(
    first.kernels.map(({name}) => tf.getKernel(name, 'wasm').kernelFunc),
    registered,
  );
});

test.serial('the description names every kernel and what serves it', async t => {
  await tf.setBackend('wasm');
  const {webAssembly, kernels} = await enableWasmTraining(tf);
  t.true(webAssembly);
  t.deepEqual(Object.fromEntries(kernels.map(({name, servedBy}) => [name, servedBy])), {
    AvgPool3DGrad: 'composition',
    AvgPoolGrad: 'composition',
    BatchMatMul: 'composition',
    Conv2D: 'native',
    Conv2DBackpropFilter: 'webassembly',
    Conv2DBackpropInput: 'webassembly',
    Conv3DBackpropFilterV2: 'loops',
    Conv3DBackpropInputV2: 'loops',
    DepthwiseConv2dNativeBackpropFilter: 'loops',
    DepthwiseConv2dNativeBackpropInput: 'loops',
    DepthwiseConv2dNative: 'native',
    FusedBatchNorm: 'composition',
    FusedConv2D: 'composition',
    FusedDepthwiseConv2D: 'composition',
    MaxPool3D: 'loops',
    MaxPool3DGrad: 'loops',
    MaxPoolGrad: 'webassembly',
    Sum: 'webassembly',
    UnsortedSegmentSum: 'loops',
    _FusedMatMul: 'composition',
  });
});

test.serial('the kernels follow when the backend is recreated, memory and all', async t => {
  const gradients = () => convolutionGradients(convolution);
  const expected = await on('cpu', gradients);
  t.true(worstError(await on('wasm', gradients), expected) < 1e-5);
  await forgetWasmBackend();
  t.true(worstError(await on('wasm', gradients), expected) < 1e-5);
});
