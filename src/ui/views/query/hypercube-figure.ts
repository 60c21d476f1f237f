import {cubePaint} from '../../charts/cube-paint.js';
import type {Cut} from '../../model/cut.js';
import {classesInWords, epochsInWords, layersInWords} from '../../model/cut-words.js';
import {className} from '../../model/format.js';
import type {RunAxes} from '../../model/view-of-query.js';
import type {PanelContent} from '../../kit/panel-export.js';
import {cubeSpec} from './hypercube-spec.js';

/** The hypercube and the part of it that a query is of, for a file. */
export function hypercubeContent(run: RunAxes, chosen: Cut, expression: string): PanelContent {
  const inCut = run.layers.filter(({index}) => chosen.layers.has(index)).map(({name}) => name);
  return {
    name: 'hypercube',
    title: 'Hypercube',
    subtitle: [
      `layers and channels: ${layersInWords(chosen, run)}`,
      ...(run.classes.length > 0 ? [`classes: ${classesInWords(chosen, run)}`] : []),
      `epochs: ${epochsInWords(chosen, run)}`,
    ].join(' · '),
    table: () => ({
      columns: ['index', 'layer', 'type', 'channels', 'channels in the cut', 'classes in the cut'],
      rows: run.layers.map(({index, name, className: type, channels}) => {
        const rows = chosen.layers.get(index);
        const taken = rows === undefined ? 'none' : rows === null ? 'all' : rows.join(' ');
        const classes = chosen.classes?.map(at => className(run.classes, at)).join(', ') ?? 'all together';
        return [index, name, type, channels, taken, rows === undefined ? null : classes];
      }),
    }),
    source: {queries: expression === '' ? [] : [expression]},
    facts: {
      layers: inCut.length === run.layers.length ? [] : inCut,
      epoch: chosen.epochs.length === 1 ? (chosen.epochs[0] ?? null) : null,
      unit: null,
    },
    keys: () => [
      {kind: 'note', text: run.layers.map(({index, name}) => `${index} ${name}`).join(' · ')},
      {
        kind: 'note',
        text: 'layers from left to right, channels from top to bottom, classes in depth; in colour: what the query is of',
      },
    ],
    drawing: theme => {
      const width = Math.max(560, Math.min(1600, run.layers.length * 40));
      return {width, height: 300, paint: cubePaint(cubeSpec(run, chosen, null), theme)};
    },
  };
}
