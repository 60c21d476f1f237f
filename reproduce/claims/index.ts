import type {Claim} from '../claim.js';
import {inputEntropy} from './fig05-input-entropy.js';
import {convergence} from './fig05-convergence.js';
import {labelEntropy} from './fig06-label-entropy.js';
import {neverPredicted} from './fig07-never-predicted.js';
import {alikeProfiles} from './fig08-alike-profiles.js';
import {poolingDiagonal, poolingRedundancy} from './fig10-pooling.js';
import {capacityOverEpochs} from './fig11-capacity-over-epochs.js';
import {capacityOverDepth} from './fig12-capacity-over-depth.js';
import {circleSizes} from './fig13-circle-sizes.js';
import {lowAndHighLayers} from './fig14-low-and-high-layers.js';
import {projections} from './fig15-projections.js';

export const claims: readonly Claim[] = [
  inputEntropy,
  convergence,
  labelEntropy,
  neverPredicted,
  alikeProfiles,
  poolingDiagonal,
  poolingRedundancy,
  capacityOverEpochs,
  ...capacityOverDepth,
  circleSizes,
  ...lowAndHighLayers,
  projections,
];
