/**
 * Training on tfjs' wasm backend: the kernels that it lacks, and right gradients where its own are wrong.
 *
 * @module cnnslicer/wasm
 */
export {enableWasmTraining, type ServedKernel, type WasmTraining} from './enable-wasm-training.js';
export type {WasmTensorFlow} from './wasm-backend.js';
