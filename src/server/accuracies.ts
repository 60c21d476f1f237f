import {finalAccuracy} from '../analysis/index.js';
import type {RunAccuracies} from '../shared/index.js';
import {bounded} from './bounded.js';
import type {RunCatalogue} from './run-catalogue.js';
import type {RunState} from './run-state.js';

/** Runs whose logs are read side by side. */
const AT_A_TIME = 8;

/** The last accuracies of the runs of a catalogue: each is read once, and again when the run's last epoch changes. */
export class Accuracies {
  readonly #catalogue: RunCatalogue;
  #known = new Map<string, {version: string; value: number | null}>();

  constructor(catalogue: RunCatalogue) {
    this.#catalogue = catalogue;
  }

  /** By run id; null for a run that logged none, or whose logs cannot be read. */
  async read(): Promise<RunAccuracies> {
    const states = await this.#catalogue.look();
    const known = new Map<string, {version: string; value: number | null}>();
    await bounded(states, AT_A_TIME, async state => {
      const {id, epochs, createdAt} = state.summary;
      const last = epochs.at(-1);
      const version = `${createdAt} ${last} ${last === undefined ? '' : state.versions.get(last)}`;
      const before = this.#known.get(id);
      known.set(id, before?.version === version ? before : {version, value: await this.#accuracyOf(state)});
    });
    this.#known = known;
    return Object.fromEntries([...known].map(([id, {value}]) => [id, value]));
  }

  async #accuracyOf({summary: {id, epochs}}: RunState): Promise<number | null> {
    const last = epochs.at(-1);
    if (last === undefined) return null;
    try {
      const run = await this.#catalogue.open(id);
      const {train, validation} = finalAccuracy(await run.table('logs', {epochs: [last]}));
      return (validation ?? train)?.value ?? null;
    } catch {
      return null; // the run's summary, and who opens it, say what is wrong with it
    }
  }
}
