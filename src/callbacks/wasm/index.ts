export {enableWasmTraining, type ServedKernel, type WasmTraining} from './enable-wasm-training.js';
export type {WasmTensorFlow} from './wasm-backend.js';
