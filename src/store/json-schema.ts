import {z} from 'zod';
import {FORMAT_VERSION, runInfo} from '../shared/run-schema.js';
import {epochManifest, probeManifest} from './manifest.js';

const DOCUMENTS = {run: runInfo, 'epoch-manifest': epochManifest, 'probe-manifest': probeManifest};

/**
 * JSON Schema of the three JSON files of a run folder, for writers in other languages: a document is one of `run`,
 * `epoch-manifest` and `probe-manifest` under `$defs`. What a schema cannot say (a layer's index is its place, names are
 * unique, checksums) is in docs/run-folder.md.
 */
export function runFolderSchema(): object {
  const defs: Record<string, object> = {};
  for (const [name, document] of Object.entries(DOCUMENTS)) {
    const {$defs: inner, ...schema} = z.toJSONSchema(document, {io: 'input'});
    delete schema.$schema;
    Object.assign(defs, {[name]: schema}, inner);
  }
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `CNNSlicer run folder, format version ${FORMAT_VERSION}`,
    oneOf: Object.keys(DOCUMENTS).map(name => ({$ref: `#/$defs/${name}`})),
    $defs: defs,
  };
}
