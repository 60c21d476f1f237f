import {createHash} from 'node:crypto';
import {RunFormatError} from './run-format-error.js';

/** Bytes after the digest at the end of a sealed file. */
const END = /^([0-9a-f]{64})("\n?\}\n)$/;
/** Bytes before the digest, which are part of the checksum. */
const KEY = /,\s*"sha256": ?"$/;
const DIGEST_CHARACTERS = 64;

/**
 * JSON text that carries a checksum of itself as its last key, `sha256`: of all bytes before the 64 digits.
 *
 * @param value - An object with at least one key and without `sha256`.
 * @param indent - Spaces a level; default none, all on one line.
 */
export function sealedJson(value: object, indent = 0): string {
  const text = JSON.stringify(value, null, indent);
  const [closing, key, end] =
    indent > 0 ? ['\n}', `,\n${' '.repeat(indent)}"sha256": "`, '"\n}\n'] : ['}', ',"sha256":"', '"}\n'];
  const covered = text.slice(0, -closing.length) + key;
  return covered + sha256(new TextEncoder().encode(covered)) + end;
}

/**
 * The JSON text inside a sealed file. Files of earlier versions, and of other writers, have no checksum and are taken as
 * they are. They are recognised by the last value of the outermost object: a string there is a checksum, whatever its
 * key says, so that no damaged byte makes a sealed file an unsealed one.
 *
 * @throws {RunFormatError} `damaged`, naming `path`.
 */
export function unsealJson(bytes: Uint8Array, path: string): string {
  const text = new TextDecoder().decode(bytes);
  const found =
    END.exec(text.slice(-DIGEST_CHARACTERS - '"\n}\n'.length)) ??
    END.exec(text.slice(-DIGEST_CHARACTERS - '"}\n'.length));
  if (found !== null) {
    const covered = text.slice(0, -found[0].length);
    const intact = sha256(bytes.subarray(0, bytes.length - found[0].length)) === found[1];
    if (intact && KEY.test(covered)) return `${covered.replace(KEY, '')}}`;
  } else if (!/"\s*\}\s*$/.test(text)) {
    return text;
  }
  throw new RunFormatError(
    'damaged',
    `${path} is damaged: its content has changed (its checksum differs). ` +
      'Restore it from a copy; if you edited it by hand, remove its last key, sha256.',
  );
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
