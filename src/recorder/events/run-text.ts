import type {RunInfo} from '../../shared/index.js';
import {markdownTable} from '../../tensorboard/index.js';

/** The model as a table in markdown, a layer a row; of named tensors those that are captured. */
export function modelText({architecture, layers}: RunInfo): string {
  if (architecture.length === 0) {
    const rows = layers.map(({name, spatial, channels}) => [name, [...spatial, channels].join(' x ')]);
    return `${rows.length} layers, given as tensors\n\n${markdownTable(['layer', 'output'], rows)}`;
  }
  const total = architecture.reduce((sum, {parameters}) => sum + parameters, 0);
  const rows = architecture.map(({name, className, shape, parameters, inputs, captured}) => [
    name,
    className,
    shape.map(extent => extent ?? '?').join(' x '),
    count(parameters),
    inputs.join(', '),
    captured ? 'yes' : '',
  ]);
  const head = ['layer', 'kind', 'output', 'parameters', 'input from', 'captured'];
  return `${count(total)} parameters in ${architecture.length} layers\n\n${markdownTable(head, rows)}`;
}

/** Formats the settings and versions of a run as a Markdown table. */
export function runText(info: RunInfo): string {
  const {probe, evaluation, classes, training, versions, options} = info;
  const {activations} = options;
  return markdownTable(
    ['run', info.name],
    [
      ['began', info.createdAt],
      [
        'backend',
        `${info.backend}, TensorFlow.js ${versions.tfjs}, ${versions.runtime ?? `node ${versions.node}`}`,
      ],
      ['cnnslicer', versions.cnnslicer],
      [
        'classes',
        classes.length === 0
          ? 'none'
          : `${classes.length}: ${classes.slice(0, 20).join(', ')}${classes.length > 20 ? ', …' : ''}`,
      ],
      ['probe', `${probe.samples} samples, seed ${info.seed}`],
      ['class entropies from', `${evaluation.samples} samples (${evaluation.source})`],
      [
        'training',
        `${training.samples ?? '?'} samples, batches of ${training.batchSize ?? '?'}, epochs ${training.initialEpoch}..${training.epochs ?? '?'}`,
      ],
      [
        'captured',
        `every ${options.everyEpochs} epochs, ${typeof activations === 'string' ? activations : activations.samples} activations as ${options.dtype}`,
      ],
      ['intra-sample entropy', `${options.bins} bins, range rule "${options.range}"`],
      ['inter-sample entropy', `k = ${options.k}`],
    ],
  );
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
