import {LAYER_MEASURES} from '../../shared/layer-measures.js';
import type {Table, TableName, TableRows} from '../../shared/index.js';
import {fetchRun, fetchSamples, fetchTable, type TableFilter} from '../api/client.js';
import {samplesInCell} from '../model/cell-samples.js';
import {confusionMatrix} from '../model/confusion.js';
import {lostEpochs, lostPredictions} from '../model/lost-predictions.js';
import {atEpoch, keptEpochs, neighbouringEpochs, ofSelectedRuns} from './load-keys.js';
import {resource} from './resource.js';
import {primaryRun, revisionOf} from './runs.js';
import {view} from './view-state.js';

/** Pictures shown for a cell of the confusion matrix; the drawer says how many more there are. */
const shownSamples = 60;

/** Logs of all selected runs. */
export const logs = resource(
  () => ofSelectedRuns('performance'),
  (keys, aborted) => fetchForRuns(keys, 'logs', {}, aborted),
);

/** The primary run's logs alone: what the epoch bar draws, whichever view is open. */
export const primaryLogs = resource(
  () => primaryRun.value && {run: primaryRun.value.id, revision: revisionOf(primaryRun.value)},
  ({run}, aborted) => fetchTable(run, 'logs', {}, aborted),
);

/** The chosen measure of whole layers over all samples, of all selected runs, each with its L axis. */
export const layerValues = resource(
  () => {
    const runs = ofSelectedRuns('performance');
    const measure = LAYER_MEASURES.find(({title}) => title === view.layerMeasure.value);
    return runs && measure ? {runs, measure} : null;
  },
  async ({runs, measure}, aborted) => {
    const [tables, details] = await Promise.all([
      fetchForRuns(runs, measure.table, {class: 'all'}, aborted),
      Promise.all(runs.map(({run}) => fetchRun(run, aborted))),
    ]);
    return {measure, runs: tables.map((loaded, i) => ({...loaded, layers: details[i]?.info.layers ?? []}))};
  },
);

/** Class entropies of all selected runs, each with its own classes. */
export const classEntropy = resource(
  () => ofSelectedRuns('performance'),
  async (keys, aborted) => {
    const [tables, details] = await Promise.all([
      fetchForRuns(keys, 'class_entropy', {}, aborted),
      Promise.all(keys.map(({run}) => fetchRun(run, aborted))),
    ]);
    return tables.map((loaded, i) => ({...loaded, classes: details[i]?.info.classes ?? []}));
  },
);

/** Predictions that are none, by run: looked for where the loss was NaN or infinite at some epoch. */
export const lostOfRuns = resource(
  () => {
    const lost = (logs.value.value ?? [])
      .filter(({table}) => lostEpochs(table).length > 0)
      .map(({run}) => run);
    return ofSelectedRuns('performance')?.filter(({run}) => lost.includes(run)) ?? null;
  },
  async (keys, aborted) => {
    const columns = ['epoch', 'label', 'predicted', 'probability'];
    const tables = await fetchForRuns(keys, 'predictions', {columns}, aborted);
    return new Map(tables.map(({run, table}) => [run, lostPredictions(table)]));
  },
);

/** The confusion matrix of the primary run at the current epoch; made as it arrives, before its epoch is wanted. */
export const confusion = resource(
  () => atEpoch('performance'),
  async ({run, epoch}, aborted) => ({
    run,
    epoch,
    matrix: confusionMatrix(await fetchTable(run, 'confusion', {epoch}, aborted)),
  }),
  {keep: keptEpochs, next: neighbouringEpochs},
);

/** The probe samples in the opened cell of the confusion matrix, with their inputs. */
export const cellSamples = resource(
  () => {
    const key = atEpoch('performance');
    return key && view.cell.value ? {...key, cell: view.cell.value} : null;
  },
  async ({run, epoch, cell}, aborted) => {
    const rows = samplesInCell(await fetchTable(run, 'predictions', {epoch}, aborted), cell);
    const shown = rows.slice(0, shownSamples);
    const inputs =
      shown.length > 0
        ? await fetchSamples(
            run,
            shown.map(row => row.sample),
            aborted,
          )
        : [];
    return {run, epoch, cell, rows, inputs};
  },
);

function fetchForRuns<T extends TableName>(
  keys: {run: string}[],
  table: T,
  filter: TableFilter,
  aborted: AbortSignal,
): Promise<{run: string; table: Table<TableRows[T]>}[]> {
  return Promise.all(
    keys.map(async ({run}) => ({run, table: await fetchTable(run, table, filter, aborted)})),
  );
}
