import * as tf from '@tensorflow/tfjs';
import type {Draw} from './draw.js';
import {anyPadding, one, type Kind} from './kind.js';

const {layers} = tf;
type Make = (args: object) => tf.layers.Layer;

/** Steps and features; tfjs-layers cannot stack the outputs of a single step. */
const sequence = ({int}: Draw) => [int(2, 6), int(1, 6)];
const anyGate = ({pick}: Draw) => pick(['sigmoid', 'hardSigmoid', 'relu'] as const);

function common(draw: Draw) {
  return {
    units: draw.int(1, 7),
    returnSequences: draw.flag(),
    goBackwards: draw.flag(),
    activation: draw.pick(['tanh', 'relu', 'sigmoid'] as const),
    useBias: draw.flag(),
  };
}

const simpleRnn: Kind = draw => {
  const config = common(draw);
  return {shape: sequence(draw), apply: one(() => layers.simpleRNN(config))};
};

function gated(make: Make): Kind {
  return draw => {
    const config = {...common(draw), recurrentActivation: anyGate(draw), resetAfter: false};
    return {shape: sequence(draw), apply: one(() => make(config))};
  };
}

const bidirectional: Kind = draw => {
  const make = draw.pick([layers.simpleRNN, layers.lstm, layers.gru]) as Make;
  const {units, returnSequences} = common(draw);
  const config = {units, returnSequences, resetAfter: false, recurrentActivation: 'sigmoid'};
  const mergeMode = draw.pick(['concat', 'sum', 'ave', 'mul'] as const);
  const apply = one(() => layers.bidirectional({layer: make(config) as tf.RNN, mergeMode}));
  return {shape: sequence(draw), apply};
};

const convLstm: Kind = draw => {
  const padding = anyPadding(draw);
  const config = {
    filters: draw.int(1, 3),
    kernelSize: draw.int(1, 3),
    strides: padding === 'valid' ? draw.int(1, 2) : 1,
    padding,
    returnSequences: draw.flag(),
  };
  const shape = [draw.int(2, 3), draw.int(3, 6), draw.int(3, 6), draw.int(1, 3)];
  return {shape, apply: one(() => layers.convLstm2d(config))};
};

const stackedCells: Kind = draw => {
  const units = [draw.int(1, 5), draw.int(1, 5)] as const;
  const returnSequences = draw.flag();
  const cell = () => [layers.lstmCell({units: units[0]}), layers.gruCell({units: units[1], resetAfter: false})]; // prettier-ignore
  return {shape: sequence(draw), apply: one(() => layers.rnn({cell: cell(), returnSequences}))};
};

const timeDistributed: Kind = draw => {
  const [filters, kernelSize, strides, padding] = [draw.int(1, 4), draw.int(1, 3), draw.int(1, 3), anyPadding(draw)]; // prettier-ignore
  const inner = () => layers.conv2d({filters, kernelSize, strides, padding});
  const shape = [draw.int(2, 4), draw.int(4, 6), draw.int(4, 6), draw.int(1, 3)];
  return {shape, apply: one(() => layers.timeDistributed({layer: inner()}))};
};

/** Steps of zeros are left out by what follows. */
const masked: Kind = draw => {
  const {units, returnSequences} = common(draw);
  return {
    shape: [draw.int(3, 6), draw.int(1, 4)],
    ties: true, // some steps are all zeros
    gradients: 'weights',
    apply: input =>
      layers.simpleRNN({units, returnSequences}).apply(layers.masking({maskValue: 0}).apply(input)) as tf.SymbolicTensor, // prettier-ignore
  };
};

const embedding: Kind = draw => {
  const config = {inputDim: draw.int(2, 12), outputDim: draw.int(1, 9), maskZero: draw.flag()};
  const pooled = draw.flag();
  return {
    shape: [draw.int(2, 9)],
    indices: config.inputDim,
    apply: input => {
      const words = layers.embedding(config).apply(input) as tf.SymbolicTensor;
      return pooled ? (layers.lstm({units: 3}).apply(words) as tf.SymbolicTensor) : words;
    },
  };
};

export const recurrent: Record<string, Kind> = {
  simpleRNN: simpleRnn,
  lstm: gated(layers.lstm as Make),
  gru: gated(layers.gru as Make),
  bidirectional,
  convLstm2d: convLstm,
  stackedRNNCells: stackedCells,
  timeDistributed,
  masking: masked,
  embedding,
};
