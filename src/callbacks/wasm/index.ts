export {enableWasmTraining, type ServedKernel, type WasmTraining} from './enable-wasm-training.js';
