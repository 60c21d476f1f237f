/** The values used last, up to a total size; the one that was used longest ago goes first. */
export class Recent<Value> {
  /** In the order of use. */
  readonly #values = new Map<string, {value: Value; size: number}>();
  readonly #room: number;
  readonly #sizeOf: (value: Value) => number;
  #size = 0;

  /**
   * @param room - Largest total size, in what `sizeOf` counts.
   * @param sizeOf - Size of a value; default 1 each.
   */
  constructor(room: number, sizeOf: (value: Value) => number = () => 1) {
    [this.#room, this.#sizeOf] = [room, sizeOf];
  }

  has(key: string): boolean {
    return this.#values.has(key);
  }

  /** Returns a value, which counts as a use; undefined if it is not kept. */
  get(key: string): Value | undefined {
    const kept = this.#values.get(key);
    if (!kept) return undefined;
    this.#values.delete(key);
    this.#values.set(key, kept);
    return kept.value;
  }

  /** Keeps a value, unless it alone is larger than the room. */
  set(key: string, value: Value): void {
    this.#delete(key);
    const size = this.#sizeOf(value);
    if (size > this.#room) return;
    this.#values.set(key, {value, size});
    this.#size += size;
    for (const oldest of this.#values.keys()) {
      if (this.#size <= this.#room) break;
      this.#delete(oldest);
    }
  }

  clear(): void {
    this.#values.clear();
    this.#size = 0;
  }

  #delete(key: string): void {
    this.#size -= this.#values.get(key)?.size ?? 0;
    this.#values.delete(key);
  }
}
