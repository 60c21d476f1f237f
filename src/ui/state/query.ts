import {computed} from '@preact/signals';
import type {Query, QueryResult} from '../../shared/index.js';
import {printQuery} from '../../shared/notation/print-query.js';
import {cutLayers, cutOf, withMeasure} from '../model/cut.js';
import {readExpression} from '../model/expression.js';
import {queryOfView} from '../model/query-of-view.js';
import {measureOf} from '../model/selection.js';
import {viewOfQuery, type RunAxes} from '../model/view-of-query.js';
import {ask, progressOf} from './ask.js';
import {step} from './link.js';
import {resource} from './resource.js';
import {currentEpoch, epochs, primaryRun, revisionOf} from './runs.js';
import {currentLayer, layerPair} from './chosen-layers.js';
import {classes, detail} from './run-detail.js';
import {update, view} from './view-state.js';

/** Contents of the primary run along each axis. */
export const axes = computed<RunAxes>(() => ({
  layers: detail.value.value?.info.layers ?? [],
  classes: classes.value,
  epochs: epochs.value,
  shown: currentEpoch.value,
}));

/** The query that the open view answers. */
const followed = computed(() => {
  const pair = layerPair.value;
  const query = queryOfView(
    {
      tab: view.tab.value,
      focusClass: view.focusClass.value,
      channel: view.channel.value,
      pair: view.pair.value,
    },
    {
      epoch: currentEpoch.value ?? 0,
      layer: currentLayer.value?.name ?? null,
      pair: pair && [pair[0].name, pair[1].name],
    },
  );
  return query === null ? '' : printQuery(query);
});

/** The expression in the box: what is being written; else the query submitted; else what the open view shows. */
export const expression = computed(() => view.draft.value ?? view.query.value ?? followed.value);

/** The same as it was understood. */
export const reading = computed(() => readExpression(expression.value));

/** Sets the text of the box. */
export function write(text: string): void {
  view.draft.value = text === (view.query.value ?? followed.value) ? null : text;
}

/** Submits the text of the box, and makes every view show it; does nothing if it is not in the notation. */
export function submitQuery(): void {
  const {query} = reading.value;
  if (!query) return;
  const asked = printQuery(query);
  const changes = {...viewOfQuery(query, axes.value), query: asked, draft: null};
  if (asked !== view.query.value) step(changes);
  else {
    update(changes);
    if (answer.error.value) answer.retry();
  }
}

/** Clears the query: the box follows the open view again. */
export function clearQuery(): void {
  update({query: null, draft: null});
}

/** The answer to the query submitted. */
export const answer = resource(
  () => {
    const run = primaryRun.value;
    const asked = view.query.value;
    return run && asked !== null ? {run: run.id, revision: revisionOf(run), asked} : null;
  },
  async ({run, asked}, aborted): Promise<{run: string; asked: string; result: QueryResult}> => ({
    run,
    asked,
    result: await ask(run, asked, aborted),
  }),
);

/** Progress of the result, in words; null if unknown. */
export const answerProgress = computed(() => {
  const run = primaryRun.value;
  const asked = view.query.value;
  const share = run && asked !== null ? progressOf(run.id, asked) : null;
  return share === null ? null : `Computing, ${Math.round(100 * share)} %`;
});

/** The part of the hypercube that the box's query is of; null where it is not in the notation. */
export const cut = computed(() => {
  const {query} = reading.value;
  return query && cutOf(query, axes.value);
});

/** Names of the layers in it. */
export const cutLayerNames = computed(() => {
  const {layers} = axes.value;
  return new Set([...(cut.value?.layers.keys() ?? [])].map(index => layers[index]?.name));
});

/** Sets a changed query in the box; text outside the notation is replaced by a query on everything. */
export function selectAgain(change: (query: Query, axes: RunAxes) => Query): void {
  write(printQuery(change(reading.value.query ?? wholeQuery, axes.value)));
}

const wholeQuery: Query = {
  measure: 'H',
  slice: {samples: 'all', layers: 'all', channels: 'all', epochs: 'all'},
  options: {},
};

/** Makes a layer the current one, and the query one of it; of what was not captured nothing can be asked. */
export function chooseLayer(name: string): void {
  const layer = axes.value.layers.find(other => other.name === name);
  if (!layer) return;
  if (layer.className !== 'InputLayer') update({layer: name, channel: null});
  selectAgain((query, run) => {
    const of = measureOf(query).measure === 'C' ? withMeasure(query, 'H', run) : query;
    return cutLayers(of, run, {from: layer.index, to: layer.index}, null);
  });
}

/** Makes two layers the pair whose capacity is shown, the lower one first. */
export function choosePair(one: string, other: string): void {
  const pair = axes.value.layers.filter(({name}) => name === one || name === other);
  const [from, to] = [pair[0], pair.at(-1)];
  if (!from || !to) return;
  update({tab: 'layers', from: from.name, to: to.name, pair: null, pins: []});
  selectAgain((query, run) =>
    cutLayers(withMeasure(query, 'C', run), run, {from: from.index, to: to.index}, null),
  );
}
