/** How a value is written as values of one parameter of an address, and read back; undefined: it cannot be read. */
export interface AddressCodec<Value> {
  write(value: Value): string[];
  read(values: string[]): Value | undefined;
}

export function oneOf<Choice extends string>(...choices: Choice[]): AddressCodec<Choice> {
  return {write: choice => [choice], read: ([text]) => choices.find(choice => choice === text)};
}

export const yesOrNo: AddressCodec<boolean> = {
  write: value => [String(value)],
  read: ([text]) => (text === 'true' || text === 'false' ? text === 'true' : undefined),
};

/** Any text, also an empty one. */
export const anyText: AddressCodec<string> = {write: value => [value], read: ([value]) => value};

/** Any text but an empty one, which says nothing. */
export const text: AddressCodec<string> = {
  write: value => [value],
  read: ([value = '']) => (value === '' ? undefined : value),
};

/** Texts, each once. */
export const texts: AddressCodec<string[]> = {write: values => values, read: values => [...new Set(values)]};

/** An integer >= 0. */
export const index: AddressCodec<number> = {
  write: value => [String(value)],
  read: ([text = '']) => (/^\d{1,9}$/.test(text) ? Number(text) : undefined),
};

/** An integer 0..`max`. */
export function indexUpTo(max: number): AddressCodec<number> {
  return {
    ...index,
    read: values => {
      const value = index.read(values);
      return value !== undefined && value <= max ? value : undefined;
    },
  };
}

/** Two indices, as `3,17`. */
export function indexPair<First extends string, Second extends string>(
  first: First,
  second: Second,
): AddressCodec<Record<First | Second, number>> {
  return {
    write: pair => [`${pair[first]},${pair[second]}`],
    read: ([text = '']) => {
      const match = /^(\d{1,9}),(\d{1,9})$/.exec(text);
      if (!match) return undefined;
      return {[first]: Number(match[1]), [second]: Number(match[2])} as Record<First | Second, number>;
    },
  };
}

/** Adds a word to what a codec reads. */
export function orWord<Word extends string, Value>(
  word: Word,
  codec: AddressCodec<Value>,
): AddressCodec<Word | Value> {
  return {
    write: value => (value === word ? [word] : codec.write(value as Value)),
    read: values => (values[0] === word ? word : codec.read(values)),
  };
}

/** Adds null, written as no parameter at all. */
export function optional<Value>(codec: AddressCodec<Value>): AddressCodec<Value | null> {
  return {write: value => (value === null ? [] : codec.write(value)), read: values => codec.read(values)};
}

/** Any number of values; one that cannot be read spoils all. */
export function listOf<Value>(codec: AddressCodec<Value>): AddressCodec<Value[]> {
  return {
    write: list => list.flatMap(value => codec.write(value)),
    read: values => {
      const list = values.map(value => codec.read([value]));
      return list.every(value => value !== undefined) ? list : undefined;
    },
  };
}
