/** Characters that are gathered before they are passed on. */
const CHUNK = 2 ** 16;

/** Small texts as larger ones of the same content. */
export function* gathered(texts: Iterable<string>): Generator<string, void, undefined> {
  let chunk = '';
  for (const text of texts) {
    chunk += text;
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}
