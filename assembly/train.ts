/**
 * Training kernels that run inside the memory of the tfjs wasm backend: tensors are read and written where they lie.
 * Nothing is allocated here and there is no data segment; every pointer, scratch included, comes from the caller.
 */
export {conv2dBackpropFilter} from './conv2d-backprop-filter';
export {conv2dBackpropInput} from './conv2d-backprop-input';
export {maxPoolGrad} from './max-pool-grad';
export {columnSums} from './column-sums';
