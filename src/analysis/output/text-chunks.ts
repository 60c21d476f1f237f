/** Characters that are gathered before they are passed on. */
const CHUNK = 2 ** 16;
/** Values of a feature map that are written at a time. */
const MAP_VALUES = 2 ** 12;

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

/** The values of a feature map with a separator between each two: one map may be longer than a text can be. */
export function* joinedValues(map: Float32Array, separator: string): Generator<string, void, undefined> {
  for (let first = 0; first < map.length; first += MAP_VALUES) {
    const text = map.subarray(first, first + MAP_VALUES).join(separator);
    yield first === 0 ? text : separator + text;
  }
}
