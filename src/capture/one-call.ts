/** Keeps the calls of a loop of the user's own one after the other. */
export class OneCall {
  /** The call that the loop is currently awaiting. */
  #pending: {call: string; settled: Promise<void>} | null = null;

  /** @throws {Error} if an earlier call has not finished: its name says which. */
  async run(call: string, work: () => Promise<void>): Promise<void> {
    if (this.#pending) {
      throw new Error(
        `${this.#pending.call} has not finished; await each call, so that the model does not train while it is looked at.`,
      );
    }
    const done = work();
    const forget = () => void (this.#pending = null);
    this.#pending = {call, settled: done.then(forget, forget)};
    await done;
  }

  /** Resolves when the call that is under way has finished, or failed. */
  async settled(): Promise<void> {
    await this.#pending?.settled;
  }
}
