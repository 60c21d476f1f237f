import type {IndexSelector, Query} from '../../shared/index.js';
import {FailedPartError, RunFormatError, type Run} from '../../store/index.js';
import {askIntactEpochs, type LostEpochs} from '../intact-epochs.js';
import type {Answer} from '../../measures/answer/evaluation.js';

/**
 * Answers a question from a run's intact epochs; the facts `damaged_epochs` and `failed_epochs` name those that the
 * result would otherwise have included.
 *
 * @throws {RunFormatError} `damaged`, if the question names a damaged epoch or asks for no other.
 * @throws {FailedPartError} if it is an epoch that lacks what is asked for.
 */
export function answerFromIntact(
  run: Run,
  query: Query,
  answer: (captured: readonly number[]) => Promise<Answer>,
): Promise<Answer> {
  return askIntactEpochs(run, async (intact, lost) => {
    assertAnswerable(query, intact, lost);
    return withDamage(await answer(intact), query, lost);
  });
}

function assertAnswerable(query: Query, intact: readonly number[], lost: LostEpochs): void {
  for (const selector of epochSelectors(query)) {
    for (const part of selector === 'all' ? [selector] : selector.map(item => [item])) {
      const found = [...lost.keys()].filter(epoch => selects(part, epoch));
      const [first] = found;
      if (first === undefined || intact.some(epoch => selects(part, epoch))) continue;
      throw lost.get(first) as Error;
    }
  }
}

function withDamage(answer: Answer, query: Query, lost: LostEpochs): Answer {
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
