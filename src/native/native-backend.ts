import type {NativePackage} from './native-package.js';
import {runProgram} from '../programs/index.js';

/** A backend that loads and computes. */
export interface NativeBackend {
  /** Version of the npm package. */
  tfjs: string;
  libtensorflow: string;
  gpu: boolean;
}

/** Helpers that the package needs on Node 23 and newer. */
const COMPAT = new URL('../callback/tfjs-node-compat.js', import.meta.url).href;

/**
 * Multiplies two matrices on the backend, in a separate process and as the project would find it.
 *
 * @throws {ProgramError} if the package is missing, does not load, or computes a wrong result.
 */
export async function tryNativeBackend(
  project: string,
  {name}: NativePackage,
  signal: AbortSignal,
): Promise<NativeBackend> {
  const script = `
    const tf = require('${name}');
    const product = tf.matMul(tf.tensor2d([[1, 2], [3, 4]]), tf.tensor2d([[5, 6], [7, 8]])).dataSync();
    if (String([...product]) !== '19,22,43,50') throw new Error('matMul gave ' + product);
    const {binding, isUsingGpuDevice} = tf.backend();
    console.log(JSON.stringify({tfjs: tf.version['tfjs-node'], libtensorflow: binding.TF_Version, gpu: isUsingGpuDevice}));`;
  const printed = await runProgram(process.execPath, ['--import', COMPAT, '--eval', script], {
    cwd: project,
    env: {TF_CPP_MIN_LOG_LEVEL: '2'},
    signal,
  });
  return JSON.parse(printed) as NativeBackend;
}
