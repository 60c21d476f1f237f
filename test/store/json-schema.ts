import {join} from 'node:path';
import test from 'ava';
import {runFolderSchema} from '#src/store/json-schema.js';
import {assertMade, RENEW_SCHEMA} from '../support/made-file.js';
import {python, pythonTest} from '../support/python.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {writeRun} from '../support/written-run.js';

const FILE = 'docs/run-folder.schema.json';

test('the schema in the docs is the one that readers go by', async t => {
  await assertMade(t, FILE, JSON.stringify(runFolderSchema()), RENEW_SCHEMA);
});

const VALIDATE = `
import json, pathlib, sys
import jsonschema

schema = json.load(open(sys.argv[1]))
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
count = 0
for run in map(pathlib.Path, sys.argv[2:]):
    for path in [run / "run.json", *run.glob("**/_manifest.json")]:
        document = json.loads(path.read_text())
        validator.validate(document)
        count += 1
        for key in [key for key in document if key not in ("id", "writer", "failed", "sha256")]:
            broken = {**document, key: {"wrong": True}} if key != "topology" else {**document, "format": "zip"}
            assert not validator.is_valid(broken), (path, key)
print(count)
`;

pythonTest(
  'a validator that is not ours takes the files of runs by the schema, and none with a wrong value',
  async t => {
    const dir = join(await temporaryFolder(t), 'run');
    await writeRun(dir, {epochs: [0, 1]});
    t.is((await python('-c', VALIDATE, FILE, dir, 'test/fixtures/frozen/format-1')).trim(), '12');
  },
);
