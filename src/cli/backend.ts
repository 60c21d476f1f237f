import type * as tfjs from '@tensorflow/tfjs';
import {enableWasmTraining} from '../wasm-training/index.js';

export const backends = ['wasm', 'cpu', 'node', 'node-gpu'] as const;
export type Backend = (typeof backends)[number];

/**
 * Loads TensorFlow.js with a backend that can train.
 *
 * @throws {Error} naming the package to install, if one is missing.
 */
export async function loadTensorFlow(backend: Backend): Promise<typeof tfjs> {
  if (backend === 'node' || backend === 'node-gpu') {
    await import('../callback/tfjs-node-compat.js');
    const command = `npx cnnslicer install-native${backend === 'node-gpu' ? ' --gpu' : ''}`;
    return (await load(`@tensorflow/tfjs-${backend}`, command)) as typeof tfjs;
  }
  const tf = (await load('@tensorflow/tfjs')) as typeof tfjs;
  if (backend === 'wasm') await load('@tensorflow/tfjs-backend-wasm');
  await tf.setBackend(backend);
  await tf.ready();
  if (backend === 'wasm') await enableWasmTraining(tf);
  return tf;
}

async function load(name: string, command = `npm install ${name}`): Promise<unknown> {
  try {
    const module = (await import(name)) as {default?: unknown};
    return module.default ?? module;
  } catch (error) {
    throw new Error(`this needs ${name}; install it with "${command}".`, {cause: error});
  }
}
