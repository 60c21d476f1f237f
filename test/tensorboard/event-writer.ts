import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {EventWriter} from 'cnnslicer/tensorboard';
import fc from 'fast-check';
import {readEvents, scalarsOf} from '../support/read-events.js';
import {temporaryFolder} from '../support/temporary-folder.js';

/** What TensorBoard's own library writes for the layout and the session of the tests below. */
const LAYOUT_BYTES = '12100a0141120b0a016212060a04632f2e2a';
const SESSION_BYTES = '1a1d0a0f0a026c72120911000000000000e03f22016729000000000000f03f';

test('a file holds the golden bytes of the version event and of a scalar', async t => {
  const dir = await temporaryFolder(t);
  let seconds = 1;
  const writer = await EventWriter.open(dir, {now: () => seconds * 1000});
  seconds = 2;
  writer.scalars(3, [['loss', 0.5]]);
  await writer.close();
  const [name] = await readdir(dir);
  const bytes = await readFile(join(dir, name ?? ''));
  t.is(
    bytes.toString('hex'),
    '1800000000000000a37f4b2209000000000000f03f1a0d627261696e2e4576656e743a3286bf577a' +
      '300000000000000095f5d05f09000000000000004010032a230a210a046c6f7373420a0801120022040000003f4a0d0a090a077363616c6172732001c5fb0fb4',
  );
});

test('any scalars read back as float32 with their tags and steps, in order', async t => {
  const tags = fc.uniqueArray(fc.string({unit: 'binary'}), {minLength: 1, maxLength: 5});
  const steps = fc.uniqueArray(fc.maxSafeInteger(), {maxLength: 5});
  const root = await temporaryFolder(t);
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(tags, steps, fc.infiniteStream(fc.double()), async (tags, steps, values) => {
      const dir = join(root, String(runs++));
      const rows = steps
        .sort((a, b) => a - b)
        .map(step => ({
          step,
          scalars: tags.map((tag): [string, number] => [tag, Number(values.next().value)]),
        }));
      const writer = await EventWriter.open(dir);
      for (const {step, scalars} of rows) writer.scalars(step, scalars);
      await writer.close();
      const expected = rows.flatMap(({step, scalars}) =>
        scalars.map(([tag, value]): [number, string, number] => [step, tag, Math.fround(value)]),
      );
      t.deepEqual(scalarsOf(await readEvents(dir)), expected);
    }),
    {seed: 4, numRuns: 60},
  );
});

test('one step of many tags is one record, with the metadata each plugin asks for', async t => {
  const dir = await temporaryFolder(t);
  const writer = await EventWriter.open(dir, {now: () => 1_790_000_000_500});
  writer.scalars(
    2 ** 40,
    Array.from({length: 600}, (_, i): [string, number] => [`layer/${i}`, i]),
  );
  writer.histograms(2 ** 40, [['channels', [1, 2, 3]]]);
  await writer.close();
  const [version, scalars, histograms] = await readEvents(dir);
  t.deepEqual(version, {wallTime: 1_790_000_000.5, fileVersion: 'brain.Event:2'});
  t.is(scalars?.step, 2 ** 40);
  t.is(scalars?.summary?.value.length, 600);
  t.like(scalars?.summary?.value[599], {
    tag: 'layer/599',
    tensor: {dtype: 'DT_FLOAT', tensorShape: {}},
    metadata: {pluginData: {pluginName: 'scalars'}, dataClass: 'DATA_CLASS_SCALAR'},
  });
  t.like(histograms?.summary?.value[0], {
    tag: 'channels',
    tensor: {dtype: 'DT_DOUBLE', tensorShape: {dim: [{size: 30}, {size: 3}]}},
    metadata: {pluginData: {pluginName: 'histograms'}, dataClass: 'DATA_CLASS_TENSOR'},
  });
  t.is(histograms?.summary?.value[0]?.tensor.tensorContent?.length, 30 * 3 * 8);
});

test('pictures are width, height and a PNG each; a text, a layout and hyperparameters say whose they are', async t => {
  const dir = await temporaryFolder(t);
  const writer = await EventWriter.open(dir);
  const dot = {width: 2, height: 1, pixels: Uint8ClampedArray.of(0, 0, 0, 255, 255, 0, 0, 255)};
  writer.images(4, [['maps/conv', {pictures: [dot, dot], description: 'two **dots**'}]]);
  writer.text(4, [['notes', '# Ünder way']]);
  writer.layout(4, [{title: 'A', charts: [{title: 'b', tags: ['c/.*']}]}]);
  writer.hparams(4, {sessionStart: {hparams: {lr: 0.5}, groupName: 'g', startTime: 1}});
  await writer.close();
  const [, images, text, layout, hparams] = (await readEvents(dir)).map(event => event.summary?.value[0]);
  t.like(images, {
    tensor: {dtype: 'DT_STRING', tensorShape: {dim: [{size: 4}]}},
    metadata: {
      pluginData: {pluginName: 'images'},
      dataClass: 'DATA_CLASS_BLOB_SEQUENCE',
      summaryDescription: 'two **dots**',
    },
  });
  const [width, height, ...pngs] = (images?.tensor.stringVal ?? []).map(bytes => Buffer.from(bytes));
  t.deepEqual([width?.toString(), height?.toString(), pngs.length], ['2', '1', 2]);
  t.is(pngs[1]?.subarray(1, 4).toString(), 'PNG');
  t.is(text?.metadata.pluginData.pluginName, 'text');
  t.is(Buffer.from(text?.tensor.stringVal?.[0] ?? []).toString(), '# Ünder way');
  t.like(layout, {tag: 'custom_scalars__config__', tensor: {dtype: 'DT_STRING', tensorShape: {}}});
  t.is(Buffer.from(layout?.tensor.stringVal?.[0] ?? []).toString('hex'), LAYOUT_BYTES);
  t.like(hparams, {
    tag: '_hparams_/session_start_info',
    tensor: {dtype: 'DT_FLOAT', tensorShape: {dim: [{}]}},
  });
  t.is(Buffer.from(hparams?.metadata.pluginData.content ?? []).toString('hex'), SESSION_BYTES);
});

test('a tag without a picture, and a picture without a pixel, are refused', async t => {
  const writer = await EventWriter.open(await temporaryFolder(t));
  t.throws(() => writer.images(0, [['i', {pictures: []}]]), {
    instanceOf: RangeError,
    message: 'EventWriter.images: tag "i" needs at least one picture.',
  });
  const empty = {width: 0, height: 3, pixels: new Uint8ClampedArray()};
  t.throws(() => writer.images(0, [['i', {pictures: [empty]}]]), {instanceOf: RangeError});
  await writer.close();
});

test('no values make no record', async t => {
  const dir = await temporaryFolder(t);
  const writer = await EventWriter.open(dir);
  writer.scalars(0, []);
  writer.histograms(0, new Map());
  await writer.close();
  t.is((await readEvents(dir)).length, 1);
});

test('a reader sees whole records after each flush, while the file stays open', async t => {
  const dir = await temporaryFolder(t);
  const writer = await EventWriter.open(dir);
  t.is((await readEvents(dir)).length, 1, 'open alone writes the version event');
  for (let step = 0; step < 5; step++) {
    writer.scalars(step, [['loss', step]]);
    t.is(scalarsOf(await readEvents(dir)).length, step, 'not flushed yet');
    await writer.flush();
    t.is(scalarsOf(await readEvents(dir)).length, step + 1);
  }
  await writer.close();
});

test('flushes that overlap keep the order, and each record once', async t => {
  const dir = await temporaryFolder(t);
  const writer = await EventWriter.open(dir);
  const flushes: Promise<void>[] = [];
  for (let step = 0; step < 50; step++) {
    writer.scalars(step, [['loss', step]]);
    flushes.push(writer.flush());
    await Promise.resolve(); // the write begins, and is under way when the next value comes
  }
  await Promise.all(flushes);
  writer.scalars(50, [['loss', 50]]);
  await writer.close();
  t.deepEqual(
    scalarsOf(await readEvents(dir)).map(([step]) => step),
    Array.from({length: 51}, (_, i) => i),
  );
});

test('what was flushed survives a killed process', async t => {
  const dir = await temporaryFolder(t);
  const program = `
    import {EventWriter} from 'cnnslicer/tensorboard';
    const writer = await EventWriter.open(process.argv[1]);
    writer.scalars(1, [['loss', 0.5]]);
    await writer.flush();
    writer.scalars(2, [['loss', 0.25]]);
    console.log('flushed');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, dir]);
  t.teardown(() => child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
  t.deepEqual(scalarsOf(await readEvents(dir)), [[1, 'loss', 0.5]]);
});

test('a step that does not increase is refused, and nothing of that call is written', async t => {
  const dir = await temporaryFolder(t);
  const writer = await EventWriter.open(dir);
  writer.scalars(5, [['loss', 1]]);
  const repeat = () =>
    writer.scalars(5, [
      ['accuracy', 1],
      ['loss', 2],
    ]);
  t.throws(repeat, {
    instanceOf: RangeError,
    message: 'EventWriter.scalars: the step of tag "loss" must be above its last one, 5, got 5.',
  });
  writer.scalars(1, [['accuracy', 1]]);
  await writer.close();
  t.deepEqual(scalarsOf(await readEvents(dir)), [
    [5, 'loss', 1],
    [1, 'accuracy', 1],
  ]);
});

test('a tag twice in a step, a tag of another plugin, a step or a value of the wrong kind are refused', async t => {
  const writer = await EventWriter.open(await temporaryFolder(t));
  writer.scalars(0, [['loss', 1]]);
  const twice = () =>
    writer.histograms(1, [
      ['h', [1]],
      ['h', [2]],
    ]);
  t.throws(twice, {
    instanceOf: RangeError,
    message: 'EventWriter.histograms: tag "h" must occur once a step, got it twice at step 1.',
  });
  t.throws(() => writer.histograms(1, [['loss', [1]]]), {
    instanceOf: RangeError,
    message: 'EventWriter.histograms: tag "loss" already belongs to scalars; give these values another tag.',
  });
  for (const step of [0.5, NaN, 2 ** 53]) {
    t.throws(() => writer.scalars(step, [['loss', 1]]), {
      instanceOf: RangeError,
      message: `EventWriter.scalars: a step must be an integer within ±(2^53 - 1), got ${step}.`,
    });
  }
  t.throws(() => writer.scalars(1, [['loss', undefined as unknown as number]]), {
    instanceOf: TypeError,
    message:
      'EventWriter.scalars: the value of tag "loss" must be a number, got undefined; leave undefined values out.',
  });
  await writer.close();
});

test('a closed writer takes no values, and closing it again is fine', async t => {
  const writer = await EventWriter.open(await temporaryFolder(t));
  await writer.close();
  await t.notThrowsAsync(writer.close());
  t.throws(() => writer.scalars(0, [['loss', 1]]), {
    message: 'EventWriter.scalars: the writer is closed; open a new one.',
  });
});
