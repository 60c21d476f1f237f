import type {IndexSelector, Query} from '../../shared/index.js';
import {RunFormatError, type Run} from '../../store/index.js';
import type {Answer} from './evaluation.js';

/** Damaged epochs that are found by asking again. */
const MOST_ONE_BY_ONE = 3;
/** A run with more is asked no more. */
const MOST_FOUND = 16;

/**
 * Answers a question from a run's intact epochs. An epoch that turns out to be damaged while it is read is left out,
 * and the question asked again; the fact `damaged_epochs` names those that it would have had.
 *
 * @throws {RunFormatError} `damaged`, if the question names a damaged epoch or asks for no other.
 */
export async function answerFromIntact(
  run: Run,
  query: Query,
  answer: (captured: readonly number[]) => Promise<Answer>,
): Promise<Answer> {
  const {finished, damaged} = await run.look();
  const lost = new Map(damaged.filter(({epoch}) => !finished.includes(epoch)).map(d => [d.epoch, d.reason]));
  let found = 0;
  for (;;) {
    const intact = finished.filter(epoch => !lost.has(epoch));
    assertAnswerable(query, intact, lost);
    try {
      return withDamage(await answer(intact), query, lost);
    } catch (error) {
      if (!(error instanceof RunFormatError) || error.epoch === null || lost.has(error.epoch)) throw error;
      lost.set(error.epoch, error.message);
      // Each costs the whole question: where there are many, all of them are looked for at once.
      if (++found < MOST_ONE_BY_ONE) continue;
      for (const {epoch, reason} of (await run.check()).damaged) lost.set(epoch, reason);
      if (found > MOST_FOUND) throw error;
    }
  }
}

function assertAnswerable(query: Query, intact: readonly number[], lost: ReadonlyMap<number, string>): void {
  for (const selector of epochSelectors(query)) {
    for (const part of selector === 'all' ? [selector] : selector.map(item => [item])) {
      const found = [...lost.keys()].filter(epoch => selects(part, epoch));
      const [first] = found;
      if (first === undefined || intact.some(epoch => selects(part, epoch))) continue;
      throw new RunFormatError('damaged', lost.get(first) ?? '', {epoch: first});
    }
  }
}

function withDamage(answer: Answer, query: Query, lost: ReadonlyMap<number, string>): Answer {
  const selectors = epochSelectors(query);
  const asked = [...lost.keys()].filter(epoch => selectors.some(selector => selects(selector, epoch)));
  if (asked.length === 0) return answer;
  const names = asked.sort((a, b) => a - b).join(', ');
  return {...answer, facts: {...answer.facts, damaged_epochs: names}};
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
