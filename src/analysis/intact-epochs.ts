import {FailedPartError, RunFormatError, type DamagedEpoch, type Run} from '../store/index.js';

/** Damaged epochs that are found by asking again. */
const MAX_ONE_BY_ONE = 3;
/** A run with more is asked no more. */
const MAX_FOUND = 16;

/** Epochs that cannot be answered from, with why. */
export type LostEpochs = ReadonlyMap<number, RunFormatError | FailedPartError>;

/**
 * Asks a run's intact epochs. One that turns out to be damaged while it is read, or to lack what could not be stored
 * when it was captured, is lost, and the others are asked again.
 *
 * @throws Whatever `ask` throws that is not about an epoch, or about one that is known to be lost.
 */
export async function askIntactEpochs<T>(
  run: Run,
  ask: (intact: readonly number[], lost: LostEpochs) => Promise<T>,
): Promise<T> {
  const {finished, damaged} = await run.look();
  const lost = new Map<number, RunFormatError | FailedPartError>();
  const lose = ({epoch, reason}: DamagedEpoch) =>
    lost.set(epoch, new RunFormatError('damaged', reason, {epoch}));
  for (const epoch of damaged) if (!finished.includes(epoch.epoch)) lose(epoch);
  let found = 0;
  for (;;) {
    try {
      return await ask(
        finished.filter(epoch => !lost.has(epoch)),
        lost,
      );
    } catch (error) {
      if (!(error instanceof RunFormatError || error instanceof FailedPartError)) throw error;
      if (error.epoch === null || lost.has(error.epoch)) throw error;
      lost.set(error.epoch, error);
      if (error instanceof FailedPartError) continue;
      // Each costs the whole question: where there are many, all of them are looked for at once.
      if (++found < MAX_ONE_BY_ONE) continue;
      for (const epoch of (await run.check()).damaged) lose(epoch);
      if (found > MAX_FOUND) throw error;
    }
  }
}
