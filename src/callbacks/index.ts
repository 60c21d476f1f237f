export {cnnSlicer, type CnnSlicer} from './cnn-slicer.js';
export type {CnnSlicerOptions, LabelledSamples, LayerSelection, Probe} from './options.js';
