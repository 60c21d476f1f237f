export interface ServerSentEvent {
  event: string;
  data: unknown;
}

/** A client of a server-sent event stream that hands out events one by one. */
export class EventStream {
  readonly response: Response;
  readonly #abort: AbortController;
  readonly #chunks: AsyncIterator<string>;
  #text = '';

  private constructor(response: Response, abort: AbortController) {
    if (response.body === null) throw new Error('the answer has no body');
    this.response = response;
    this.#abort = abort;
    this.#chunks = response.body.pipeThrough(new TextDecoderStream())[Symbol.asyncIterator]();
  }

  static async open(url: string): Promise<EventStream> {
    const abort = new AbortController();
    return new EventStream(await fetch(url, {signal: abort.signal}), abort);
  }

  /** The next event; null when the server has ended the stream. Comments and retry times are passed over. */
  async next(): Promise<ServerSentEvent | null> {
    for (;;) {
      const end = this.#text.indexOf('\n\n');
      if (end === -1) {
        const chunk = await this.#chunks.next();
        if (chunk.done === true) return null;
        this.#text += chunk.value;
        continue;
      }
      const fields = new Map(this.#text.slice(0, end).split('\n').map(fieldOf));
      this.#text = this.#text.slice(end + 2);
      const event = fields.get('event');
      if (event !== undefined) return {event, data: JSON.parse(fields.get('data') ?? 'null')};
    }
  }

  /** Drops the connection, as a closed page does. */
  disconnect(): void {
    this.#abort.abort();
  }
}

function fieldOf(line: string): [name: string, value: string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon), line.slice(colon + 1)];
}
