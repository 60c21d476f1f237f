import type {IndexSelector, Query} from '../../shared/index.js';
import {FailedPartError, RunFormatError, type DamagedEpoch, type Run} from '../../store/index.js';
import type {Answer} from './evaluation.js';

/** Damaged epochs that are found by asking again. */
const MOST_ONE_BY_ONE = 3;
/** A run with more is asked no more. */
const MOST_FOUND = 16;

/** Epochs that a question cannot be answered from. */
type Lost = ReadonlyMap<number, RunFormatError | FailedPartError>;

/**
 * Answers a question from a run's intact epochs. An epoch that turns out to be damaged while it is read, or to lack
 * what could not be stored when it was captured, is left out, and the question asked again; the facts `damaged_epochs`
 * and `failed_epochs` name those that it would have had.
 *
 * @throws {RunFormatError} `damaged`, if the question names a damaged epoch or asks for no other.
 * @throws {FailedPartError} if it is an epoch that lacks what is asked for.
 */
export async function answerFromIntact(
  run: Run,
  query: Query,
  answer: (captured: readonly number[]) => Promise<Answer>,
): Promise<Answer> {
  const {finished, damaged} = await run.look();
  const lost = new Map<number, RunFormatError | FailedPartError>();
  const lose = ({epoch, reason}: DamagedEpoch) =>
    lost.set(epoch, new RunFormatError('damaged', reason, {epoch}));
  for (const epoch of damaged) if (!finished.includes(epoch.epoch)) lose(epoch);
  let found = 0;
  for (;;) {
    const intact = finished.filter(epoch => !lost.has(epoch));
    assertAnswerable(query, intact, lost);
    try {
      return withDamage(await answer(intact), query, lost);
    } catch (error) {
      if (!(error instanceof RunFormatError || error instanceof FailedPartError)) throw error;
      if (error.epoch === null || lost.has(error.epoch)) throw error;
      lost.set(error.epoch, error);
      if (error instanceof FailedPartError) continue;
      // Each costs the whole question: where there are many, all of them are looked for at once.
      if (++found < MOST_ONE_BY_ONE) continue;
      for (const epoch of (await run.check()).damaged) lose(epoch);
      if (found > MOST_FOUND) throw error;
    }
  }
}

function assertAnswerable(query: Query, intact: readonly number[], lost: Lost): void {
  for (const selector of epochSelectors(query)) {
    for (const part of selector === 'all' ? [selector] : selector.map(item => [item])) {
      const found = [...lost.keys()].filter(epoch => selects(part, epoch));
      const [first] = found;
      if (first === undefined || intact.some(epoch => selects(part, epoch))) continue;
      throw lost.get(first) as Error;
    }
  }
}

function withDamage(answer: Answer, query: Query, lost: Lost): Answer {
  const selectors = epochSelectors(query);
  const asked = [...lost].filter(([epoch]) => selectors.some(selector => selects(selector, epoch)));
  const facts = {...answer.facts};
  for (const [fact, kind] of [
    ['damaged_epochs', RunFormatError],
    ['failed_epochs', FailedPartError],
  ] as const) {
    const epochs = asked.filter(([, error]) => error instanceof kind).map(([epoch]) => epoch);
    if (epochs.length > 0) facts[fact] = epochs.sort((a, b) => a - b).join(', ');
  }
  return {...answer, facts};
}

function epochSelectors(query: Query): IndexSelector[] {
  if ('aggregate' in query) return epochSelectors(query.of);
  if ('epochs' in query) return [query.epochs];
  if ('slice' in query) return [query.slice.epochs];
  return [query.from.epochs, query.to.epochs];
}

function selects(selector: IndexSelector, epoch: number): boolean {
  if (selector === 'all') return true;
  return selector.some(item =>
    typeof item === 'number'
      ? item === epoch
      : epoch >= item.from && epoch <= item.to && (epoch - item.from) % item.step === 0,
  );
}
