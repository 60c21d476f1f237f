export {deadChannels, type DeadChannels} from './dead-channels.js';
export {finalAccuracy, type FinalAccuracy, type LoggedAccuracy} from './final-accuracy.js';
export {layerTrend, type LayerEntropyAt, type LayerTrend} from './layer-trend.js';
export {neverPredicted, type NeverPredicted} from './never-predicted.js';
export {summarizeRun, type LayerFindings, type RunFindings} from './summarize-run.js';
