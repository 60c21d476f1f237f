import {z} from 'zod';
import type {RunInfo} from '../shared/index.js';
import {FORMAT_VERSION, formatVersion, runInfo} from '../shared/run-schema.js';
import {assertPlausible} from './limits.js';
import {parseJsonAs} from './parse-json.js';
import {RunFormatError} from './run-format-error.js';
import {sealedJson, unsealJson} from './seal.js';

/** Maximum bytes of `run.json`: that of a model with some hundred thousand layers. */
export const MAX_RUN_FILE_BYTES = 1 << 25;

/** The versions that are read, in words. */
const READ_VERSIONS = FORMAT_VERSION > 1 ? `versions 1..${FORMAT_VERSION}` : `version ${FORMAT_VERSION}`;

const anyVersion = z.looseObject({format: z.literal('cnnslicer-run'), formatVersion: z.unknown()});

export function runInfoText(info: RunInfo): string {
  return sealedJson(info, 2);
}

/**
 * Reads the bytes of a `run.json`.
 *
 * @throws {RunFormatError} `not-a-run`, `version` or `damaged`, naming `path`.
 */
export function parseRunInfo(bytes: Uint8Array, path: string): RunInfo {
  const text = unsealJson(bytes, path);
  const {formatVersion: version} = parseJsonAs(anyVersion, text, path);
  if (!formatVersion.safeParse(version).success) {
    throw new RunFormatError(
      'version',
      `${path} has format version ${JSON.stringify(version)}; this version of cnnslicer reads ` +
        `${READ_VERSIONS}. Use the cnnslicer that wrote it, or train into another folder.`,
    );
  }
  const info = parseJsonAs(runInfo, text, path);
  assertPlausible(info, path);
  return info;
}
