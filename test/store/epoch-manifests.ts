import {mkdir, readFile, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {RunFormatError, type EpochManifest} from 'cnnslicer/store';
import {checkedManifest, EpochManifests, ofEpoch} from '#src/store/epoch-manifests.js';
import {runInfo} from '../support/run-folder.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {writeEpoch, writeRun} from '../support/written-run.js';

const info = runInfo();

async function written(t: ExecutionContext) {
  const dir = join(await temporaryFolder(t), 'run');
  const writer = await writeRun(dir, {epochs: [0, 2, 10]});
  const path = (epoch: number) => join(dir, 'activations', `epoch=${epoch}`, '_manifest.json');
  return {dir, writer, path, manifests: new EpochManifests(dir, info)};
}

test('epochs are those with a folder, ascending as numbers', async t => {
  const {dir, manifests} = await written(t);
  await mkdir(join(dir, 'activations/epoch=3'));
  await mkdir(join(dir, 'activations/other'));
  await writeFile(join(dir, 'activations/notes.txt'), '');
  t.deepEqual(await manifests.epochs(), [0, 2, 3, 10]);
  t.is(await manifests.get(3), undefined, 'a folder without a manifest is no finished epoch');
  t.is(await manifests.get(99), undefined);
});

test('a run without a folder for epochs has none', async t => {
  t.deepEqual(await new EpochManifests(await temporaryFolder(t), info).epochs(), []);
});

test('a manifest is parsed once, and again when the epoch was written again', async t => {
  const {writer, manifests} = await written(t);
  const first = (await manifests.get(2)) as EpochManifest;
  t.is(await manifests.get(2), first);
  await writeEpoch(writer, info, 2, 7);
  const second = (await manifests.get(2)) as EpochManifest;
  t.not(second, first);
  t.notDeepEqual(
    second.files.map(({sha256}) => sha256),
    first.files.map(({sha256}) => sha256),
  );
});

test('a damaged manifest is its problem, with the epoch and the file; repaired, it is read', async t => {
  const {path, manifests} = await written(t);
  const text = await readFile(path(2), 'utf8');
  await writeFile(path(2), text.slice(0, -20));
  const damage = await manifests.get(2);
  t.true(damage instanceof RunFormatError);
  t.like(damage, {code: 'damaged', epoch: 2});
  t.true((damage as RunFormatError).message.includes(path(2)));
  await writeFile(path(2), text);
  t.like(await manifests.get(2), {epoch: 2});
});

test('an epoch that goes while it is looked at is not there', async t => {
  const {dir, manifests} = await written(t);
  await manifests.get(10);
  await rm(join(dir, 'activations/epoch=10'), {recursive: true});
  t.is(await manifests.get(10), undefined);
});

test('the manifest of another epoch is damage, whatever it says otherwise', async t => {
  const {path} = await written(t);
  const bytes = await readFile(path(2));
  t.is(checkedManifest(bytes, {native: 'M', epoch: 2, info}).epoch, 2);
  t.throws(() => checkedManifest(bytes, {native: 'M', epoch: 0, info}), {
    instanceOf: RunFormatError,
    message: 'M is damaged: it is the manifest of epoch 2.',
  });
});

test('a manifest that does not fit run.json is damage; where that is not known, they are not compared', async t => {
  const {path} = await written(t);
  const bytes = await readFile(path(0));
  const [input, conv] = info.layers;
  const other = runInfo({layers: [input!, {...conv!, channels: 8}, info.layers[2]!]});
  t.throws(() => checkedManifest(bytes, {native: 'M', epoch: 0, info: other}), {
    message: /run\.json says 8 x 6 x 15/,
  });
  t.notThrows(() => checkedManifest(bytes, {native: 'M', epoch: 0, info: null}));
});

test('an error of an epoch keeps its message and its cause', t => {
  const cause = new Error('the disk');
  const error = ofEpoch(new Error('F is damaged.', {cause}), 4);
  t.deepEqual([error.message, error.epoch, error.cause, error.code], ['F is damaged.', 4, cause, 'damaged']);
  const bare = new Error('F is damaged.');
  t.is(ofEpoch(bare, 4).cause, bare);
});
