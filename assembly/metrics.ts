// Kernels of the metrics: metrics.wasm. Arguments of type usize are byte offsets in the imported memory, which the caller lays out;
// nothing is allocated here. src/metrics has the plain version of each, which is the reference.
export {allFinite} from './metrics/all-finite';
export {center, roundRows} from './metrics/grid';
export {gridDistances} from './metrics/grid-distances';
export {distanceScratch, squaredDistances} from './metrics/squared-distances';
export {nearest, nearestCandidates, nearestOfAll} from './metrics/nearest';
export {countCodes, exactCodes, exactExtremes, gridCodes, squareRoots} from './metrics/pair-codes';
export {jointHistogram, jointEntropies} from './metrics/joint-histogram';
export {histogramEntropies, mapExtents, mapHistograms} from './metrics/map-histograms';
