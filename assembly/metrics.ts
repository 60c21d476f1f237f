// Kernels of the metrics: metrics.wasm. Arguments of type usize are byte offsets in the imported memory, which the caller lays out;
// nothing is allocated here. src/metrics has the plain version of each, which is the reference.
export {squaredDistances} from './metrics/squared-distances';
export {nearest, refine} from './metrics/nearest';
export {allFinite, extremes, pairCodes} from './metrics/pair-codes';
export {jointHistogram, jointEntropies} from './metrics/joint-histogram';
export {mapExtents, mapHistograms} from './metrics/map-histograms';
