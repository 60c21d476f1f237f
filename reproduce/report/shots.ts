import type {Row} from '../row.js';
import type {Lab} from '../lab.js';

/** A picture that the viewer draws: where in the viewer, and which part of the page. */
export interface Shot {
  figure: string;
  /** Name of its files, without extension. */
  name: string;
  caption: string;
  /** The viewer's address behind `#`. */
  view: string;
  /** The beginning of a panel's title, which is exported; or a part of the page, which is photographed. */
  of: {panel: string; format: 'svg' | 'png'} | {part: string};
}

/** @param tables - The first seed's rows behind the claims, by the claim's name: which select the channels to show. */
export function shots(lab: Lab, tables: ReadonlyMap<string, readonly Row[]>): Shot[] {
  const {plan} = lab;
  const mnist = (size: number) => `run=${lab.nameOf({dataset: 'mnist', size, seed: 1})}`;
  const photos = `run=${lab.nameOf({dataset: 'cifar10', size: plan.cifarSize, seed: 1})}`;
  const [large, small] = [mnist(plan.large), mnist(plan.small)];
  const sizes = plan.mnistSizes.map(mnist).join('&');
  const last = `epoch=${plan.mnistEpochs}`;
  const pair = (from: string, to: string) => `${large}&tab=layers&from=${from}&to=${to}&${last}`;
  const svg = (panel: string) => ({panel, format: 'svg' as const});
  const png = (panel: string) => ({panel, format: 'png' as const});
  const channels = (layer: string, run = large) => `${run}&tab=channels&layer=${layer}`;
  const closest = tables.get('fig08-alike-profiles')?.[0];
  const byEntropy = tables.get('fig15-projections');
  const [lowest, highest] = [byEntropy?.[0]?.['channel'], byEntropy?.at(-1)?.['channel']];
  const all: (Shot | false)[] = [
    {
      figure: 'fig5',
      name: 'fig05-training',
      caption: 'Loss and accuracy by input size.',
      view: `${sizes}&${last}`,
      of: svg('Training'),
    },
    {
      figure: 'fig5',
      name: 'fig05-inter-sample',
      caption: `Inter-sample entropy of the probe in every layer, epoch ${plan.mnistEpochs}.`,
      view: `${sizes}&${last}`,
      of: svg('Inter-sample entropy'),
    },
    {
      figure: 'fig6',
      name: 'fig06-class-entropies',
      caption: `Class entropies with ${plan.large * 10} and with ${plan.small * 10} digits.`,
      view: `${large}&${small}&${last}`,
      of: svg('Class entropies'),
    },
    {
      figure: 'fig7',
      name: 'fig07-confusion',
      caption: 'The untrained network: empty columns are classes that are never predicted.',
      view: `${small}&epoch=0`,
      of: svg('Confusion matrix'),
    },
    {
      figure: 'fig7',
      name: 'fig07-class-entropies',
      caption: 'Gaps where a class is never predicted.',
      view: `${small}&${last}`,
      of: svg('Class entropies'),
    },
    {
      figure: 'fig8',
      name: 'fig08-capacity',
      caption: 'Capacity of the channels of two layers; the rows are the profiles that are compared.',
      view: pair('conv2d_1', 'conv2d_2'),
      of: png('Channel capacity'),
    },
    closest !== undefined && {
      figure: 'fig8',
      name: 'fig09-alike-maps',
      caption: 'Maps of the two channels whose profiles are most alike.',
      view: `${pair('conv2d_1', 'conv2d_1')}&pair=${closest['a']},${closest['b']}`,
      of: {part: '.pair-drawer'},
    },
    {
      figure: 'fig10',
      name: 'fig10-capacity',
      caption: 'Before and after max pooling: the diagonal.',
      view: pair('conv2d_2', 'max_pooling2d_2'),
      of: png('Channel capacity'),
    },
    {
      figure: 'fig10',
      name: 'fig10-over-time',
      caption: 'The same over the epochs.',
      view: pair('conv2d_2', 'max_pooling2d_2'),
      of: png('Over time'),
    },
    {
      figure: 'fig11',
      name: 'fig11-over-time',
      caption: 'Layers 1 and 5 over the epochs.',
      view: pair('conv2d_1', 'dense_1'),
      of: png('Over time'),
    },
    {
      figure: 'fig12',
      name: 'fig12-over-depth',
      caption: 'Layer 1 and each later layer.',
      view: pair('conv2d_1', 'conv2d_2'),
      of: png('Over depth'),
    },
    {
      figure: 'fig13',
      name: 'fig13-circles',
      caption: 'Channels of conv2d_2 by class: the area is the entropy.',
      view: `${channels('conv2d_2')}&${last}`,
      of: svg('Channels by class'),
    },
    {
      figure: 'fig14',
      name: 'fig14-low-layer',
      caption: 'A low layer: entropy of its channels by class.',
      view: `${channels('conv2d_1')}&lines=classes&${last}`,
      of: svg('Channels over time'),
    },
    {
      figure: 'fig14',
      name: 'fig14-high-layer',
      caption: 'A high layer: entropy of its channels by class.',
      view: `${channels('conv2d_2')}&lines=classes&${last}`,
      of: svg('Channels over time'),
    },
    {
      figure: 'fig14',
      name: 'fig14-layers-mnist',
      caption: 'Classes in every layer, MNIST.',
      view: `${channels('conv2d_2')}&${last}`,
      of: svg('Classes in every layer'),
    },
    {
      figure: 'fig14',
      name: 'fig14-layers-cifar10',
      caption: 'Classes in every layer, CIFAR-10.',
      view: `${channels('conv2d_6', photos)}&epoch=${plan.cifarEpochs}`,
      of: svg('Classes in every layer'),
    },
    lowest !== undefined && {
      figure: 'fig15',
      name: 'fig15-low-entropy',
      caption: `Projections of channel ${lowest}, of the lowest entropy of conv2d_2.`,
      view: `${channels('conv2d_2')}&channel=${lowest}&${last}`,
      of: {part: '.drawer'},
    },
    highest !== undefined && {
      figure: 'fig15',
      name: 'fig15-high-entropy',
      caption: `Projections of channel ${highest}, of the highest entropy of conv2d_2.`,
      view: `${channels('conv2d_2')}&channel=${highest}&${last}`,
      of: {part: '.drawer'},
    },
  ];
  return all.filter(shot => shot !== false);
}
