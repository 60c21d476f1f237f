/** From the process that asks: one question at a time, and a `more` for each piece of the answer that there is room for. */
export type Request<Question> = {type: 'ask'; question: Question} | {type: 'more'} | {type: 'stop'};

/** From the process that answers. After `end` or `failed` it is free for the next question. */
export type Reply =
  | {type: 'progress'; done: number}
  | {type: 'piece'; bytes: Uint8Array}
  | {type: 'end'}
  | {type: 'failed'; error: Failure};

/** A serialized error: its own properties, such as a code, are included. */
export interface Failure {
  name: string;
  message: string;
  stack: string | undefined;
  properties: Record<string, unknown>;
}

export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error))
    return {name: 'Error', message: String(error), stack: undefined, properties: {}};
  const {name, message, stack} = error;
  const plain = Object.entries(error).filter(([, value]) => /^(string|number|boolean)$/.test(typeof value));
  return {name, message, stack, properties: Object.fromEntries(plain)};
}

/** The error again; its class is lost, its name and properties are not. */
export function errorOf({name, message, stack, properties}: Failure): Error {
  return Object.assign(new Error(message), {name, stack, ...properties});
}
