import {readFile} from 'node:fs/promises';
import test from 'ava';
import {encodeTable, metricTable} from '#src/store/table-file.js';
import {sealedJson, unsealJson} from '#src/store/seal.js';
import {isSealedTable, SEAL_KEY, SEAL_PLACEHOLDER, sealTable} from '#src/store/table-seal.js';

const CONTENTS = [
  {a: 1},
  {name: 'é "quoted" \\', files: [{n: 1}, {n: 2}]},
  {last: '}'},
  {last: 'f'.repeat(64)},
];

/** Whether bytes are refused, by their checksum or as JSON. */
function isNoticed(bytes: Uint8Array): boolean {
  try {
    JSON.parse(unsealJson(bytes, 'file'));
    return false;
  } catch {
    return true;
  }
}

for (const indent of [0, 2]) {
  test(`JSON with its checksum is read as it was written, and no flipped bit or cut goes unnoticed, indent ${indent}`, t => {
    for (const content of CONTENTS) {
      const bytes = new TextEncoder().encode(sealedJson(content, indent));
      t.deepEqual(JSON.parse(unsealJson(bytes, 'file')), content);
      t.is(typeof (JSON.parse(new TextDecoder().decode(bytes)) as {sha256: string}).sha256, 'string');
      for (let bit = 0; bit < bytes.length * 8; bit++) {
        const flipped = bytes.slice();
        flipped[bit >> 3]! ^= 1 << (bit & 7);
        t.true(isNoticed(flipped), `bit ${bit} of ${new TextDecoder().decode(bytes)}`);
      }
      for (let length = 0; length < bytes.length; length++) {
        t.true(isNoticed(bytes.subarray(0, length)), `cut to ${length}`);
      }
    }
  });
}

test('JSON of earlier versions, which has no checksum, is read as it is', async t => {
  for (const file of ['run.json', 'probe/_manifest.json', 'activations/epoch=0/_manifest.json']) {
    const bytes = await readFile(`test/fixtures/demo-run/${file}`);
    t.is(unsealJson(bytes, file), bytes.toString());
  }
});

test('what a damaged file says is one line that tells what to do', t => {
  const text = sealedJson({a: 1}).replace('1', '2');
  t.throws(() => unsealJson(new TextEncoder().encode(text), 'run.json'), {
    code: 'damaged',
    message:
      /^run\.json is damaged: its content has changed \(its checksum differs\)\. .* remove its last key, sha256\.$/,
  });
});

test('no flipped bit of a derived table goes unnoticed', t => {
  const table = metricTable('logs', [
    {epoch: 1, name: 'loss', value: 0.5},
    {epoch: 1, name: 'acc', value: null},
  ]);
  const texts = {'cnnslicer.source': 'abc', [SEAL_KEY]: SEAL_PLACEHOLDER};
  const bytes = encodeTable('logs', table, texts);
  t.false(isSealedTable(bytes));
  sealTable(bytes);
  t.true(isSealedTable(bytes));
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const flipped = bytes.slice();
    flipped[bit >> 3]! ^= 1 << (bit & 7);
    if (isSealedTable(flipped)) t.fail(`bit ${bit}`);
  }
});
