import {chartTag, chartTitle, LAYER_MEASURES, type RunInfo} from '../../shared/index.js';
import type {LayoutCategory} from '../../tensorboard/index.js';

/**
 * Layout of the Custom Scalars page: one chart for all classes, one for all layers. It names no class and no
 * layer, so that TensorBoard makes one of the layouts of several runs.
 */
export function runLayout({classes}: RunInfo): LayoutCategory[] {
  const perClass: LayoutCategory = {
    title: 'Classes',
    charts: [
      {title: 'H(label | y) of each class, bits', tags: [String.raw`H\[label\|y\]/.*$`]},
      {title: 'H(y | label) of each class, bits', tags: [String.raw`H\[y\|label\]/.*$`]},
      {title: 'Over all classes, bits', tags: ['class_entropy/.*$']},
    ],
  };
  return [
    ...(classes.length > 0 ? [perClass] : []),
    {
      title: 'Layers',
      charts: LAYER_MEASURES.map(measure => ({
        title: chartTitle(measure),
        tags: [`${chartTag(measure)}/.*$`],
      })),
    },
    {
      title: 'Training',
      charts: [
        {title: 'Loss', tags: ['epoch_(.*_)?loss$']},
        {title: 'Accuracy', tags: ['epoch_(.*_)?acc(uracy)?$']},
      ],
    },
  ];
}
