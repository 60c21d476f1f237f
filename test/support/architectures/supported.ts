import * as tf from '@tensorflow/tfjs';
import {deconvnet, modelAt, probeTensors} from 'cnnslicer';
import type {Run} from 'cnnslicer/store';
import type {ArchitectureNode} from '#src/shared/index.js';
import type {Architecture} from './architecture.js';

/** What the test of an architecture found out about its run. */
export interface Support {
  /** Layer classes that are captured, and those that are left out, in the order of the model. */
  captured: string[];
  leftOut: string[];
  /** Why a measure is null, with the layer classes where it is. */
  nulls: Map<string, Set<string>>;
  /** Why a layer cannot be projected back to the input, with the classes for which that holds. */
  unprojected: Map<string, Set<string>>;
}

/** Reads a finished run; projects one channel of each layer from its last epoch, as the viewer does. */
export async function supportOf(run: Run): Promise<Support> {
  const layers = run.info.layers.slice(run.info.inputs);
  const nulls = new Map<string, Set<string>>();
  const classOf = new Map(run.info.layers.map(({name, className}) => [name, className]));
  const rows = [...(await run.table('channel_entropy')), ...(await run.table('layer_entropy'))];
  for (const {layer, reason} of rows) if (reason) note(nulls, reason, classOf.get(layer) as string);
  return {
    captured: layers.map(({className}) => className),
    leftOut: leaves(run.info.architecture)
      .filter(({captured, className}) => !captured && className !== 'InputLayer')
      .map(({className}) => className),
    nulls,
    unprojected: await projectionsOf(run),
  };
}

/** Those of nested models in their place. */
function leaves(nodes: readonly ArchitectureNode[]): ArchitectureNode[] {
  return nodes.flatMap(node => (node.layers ? leaves(node.layers) : [node]));
}

async function projectionsOf(run: Run): Promise<Support['unprojected']> {
  const failures = new Map<string, Set<string>>();
  const layers = run.info.layers.slice(run.info.inputs);
  const epoch = (await run.epochs()).at(-1) as number;
  let model: tf.LayersModel;
  try {
    model = await modelAt(tf, run, epoch);
  } catch (error) {
    for (const {className} of layers) note(failures, reasonOf(error), className);
    return failures;
  }
  const xs = await probeTensors(tf, run, model, [0]);
  for (const {name, className} of layers) {
    try {
      const {inputs} = await deconvnet(tf, model, xs, {layer: name, channels: [0]});
      if (!inputs.every(({values}) => values.every(Number.isFinite))) throw new Error('not finite');
    } catch (error) {
      note(failures, reasonOf(error), className);
    }
  }
  tf.dispose(xs);
  model.dispose();
  return failures;
}

function note(to: Map<string, Set<string>>, reason: string, className: string): void {
  to.set(reason, (to.get(reason) ?? new Set()).add(className));
}

/** The message without what is the run's own: names of layers, shapes. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (message.split('\n')[0] as string)
    .replace(/layer "[^"]*" \((\w+)\)/, '$1')
    .replace(/\S+: epoch \d+: /, '')
    .replace(/a weight \S+ of shape \[[^\]]*\], stored is .*$/, 'other shapes than the stored weights');
}

/** What a reason of a table means. */
const meanings: Record<string, string> = {
  'single-value':
    '`null`, reason `single-value`: a map of one value, as a unit has, has no intra-sample entropy; the layer as a whole has its inter-sample and matrix entropy.',
};

const BEGINNING = '<!-- From here on `npm run supported` writes. -->';

/** Returns the page with a new table; the text above it is kept. */
export function supportedPage(page: string, rows: readonly (readonly [Architecture, Support])[]): string {
  const notes: string[] = [];
  const noteOf = (text: string): string => {
    if (!notes.includes(text)) notes.push(text);
    return `[${notes.indexOf(text) + 1}]`;
  };
  const head = [
    'network',
    'layers captured',
    'left out',
    'measures',
    'projections',
    'backends',
    'capture is predict',
    'viewer',
  ];
  const lines = rows.map(([{name}, {captured, leftOut, nulls, unprojected}]) => [
    name.replace(/^(an?|the) /, ''),
    counted(captured),
    counted(leftOut),
    [
      'finite',
      ...exceptions(nulls, reason => noteOf(meanings[reason] ?? `\`null\`, reason \`${reason}\`.`)),
    ].join('; '),
    projections(
      captured,
      exceptions(unprojected, reason => noteOf(`Not projected: ${reason}`)),
      unprojected,
    ),
    'cpu, wasm, native',
    'bit for bit',
    'opens',
  ]);
  const table = [head, head.map(() => '---'), ...lines].map(cells => `| ${cells.join(' | ')} |`);
  const above = page.slice(0, page.indexOf(BEGINNING) + BEGINNING.length);
  const below = notes.map((text, i) => `[${i + 1}] ${text}`).join('\n\n');
  return `${[above, table.join('\n'), below].join('\n\n').trimEnd()}\n`;
}

function projections(captured: string[], failing: string[], unprojected: Support['unprojected']): string {
  if (failing.length === 0) return 'every layer';
  const classes = new Set([...unprojected.values()].flatMap(set => [...set]));
  const able = [...new Set(captured)].filter(className => !classes.has(className));
  return [able.length > 0 ? counted(able) : 'none', ...failing].join('; ');
}

/** `Conv2D, Dense: null [1]`. */
function exceptions(reasons: ReadonlyMap<string, Set<string>>, noteOf: (text: string) => string): string[] {
  return [...reasons].map(([reason, classes]) => `${[...classes].join(', ')}: ${noteOf(reason)}`);
}

/** Each class once, in order, with how often it occurs. */
function counted(classes: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of classes) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => (count > 1 ? `${name} × ${count}` : name)).join(', ');
}
