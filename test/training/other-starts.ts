import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdir, readdir, rename} from 'node:fs/promises';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';
import * as tf from '@tensorflow/tfjs';
import test, {type ExecutionContext} from 'ava';
import {cnnSlicer, type CnnSlicer, type CnnSlicerOptions} from 'cnnslicer';
import {openRun, verifyRun} from 'cnnslicer/store';
import type {RunInfo} from '#src/shared/index.js';
import {editSealed} from '../support/edit-sealed.js';
import {tinyCnn, tinyImages, tinyTensors} from '../support/models.js';
import {readEvents} from '../support/read-events.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {warnings} from '../support/warnings.js';

const CHILD = fileURLToPath(new URL('../support/run-folder-child.js', import.meta.url));
const {xs, ys} = tinyTensors(tf, 24);
const fresh = (dir: string, more: Partial<CnnSlicerOptions> = {}) =>
  cnnSlicer(tf, dir, {probe: tinyImages(12), background: false, tensorboard: false, ...more});

const fit = (slicer: CnnSlicer, more: Partial<tf.ModelFitArgs> = {}, model = tinyCnn(tf)) =>
  model.fit(xs, ys, {epochs: 2, verbose: 0, callbacks: slicer, ...more});

async function trained(t: ExecutionContext) {
  const dir = join(await temporaryFolder(t), 'run');
  await fit(fresh(dir));
  return dir;
}

const epochsOf = async (dir: string) => (await openRun(dir)).epochs();

test.serial('another slicer leaves a finished run alone, says so, and tells where its own is', async t => {
  const dir = await trained(t);
  const slicer = fresh(dir);
  t.is(slicer.dir, dir);
  const said = await warnings(t, () => fit(slicer, {epochs: 1}));
  t.is(said.length, 1);
  t.regex(said[0]!, /^cnnslicer: \S+run holds a run already, .+ This run goes to run-2 next to it\.$/);
  t.is(slicer.dir, `${dir}-2`);
  t.deepEqual(
    [await epochsOf(dir), await epochsOf(`${dir}-2`)],
    [
      [0, 1, 2],
      [0, 1],
    ],
  );
  t.is((await openRun(`${dir}-2`)).info.name, 'run-2');
});

test.serial('the same slicer on another model begins another run', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  const slicer = fresh(dir);
  const said = await warnings(t, async () => {
    for (let i = 0; i < 3; i++) await fit(slicer);
    await fit(slicer, {initialEpoch: 2, epochs: 3}); // new weights, the same run
  });
  t.is(said.length, 2, said.join('\n'));
  t.deepEqual(await epochsOf(dir), [0, 1, 2]);
  t.deepEqual(
    [await epochsOf(`${dir}-2`), await epochsOf(`${dir}-3`)],
    [
      [0, 1, 2],
      [0, 1, 2, 3],
    ],
  );
});

test.serial('overwrite replaces the run, and resume goes on from its last epoch', async t => {
  const dir = await trained(t);
  let said = await warnings(t, () => fit(fresh(dir, {existing: 'resume'})));
  t.deepEqual(said, []);
  t.deepEqual(await epochsOf(dir), [0, 1, 2, 3, 4]);
  const {info} = await openRun(dir);
  t.deepEqual([info.training.epochs, info.training.initialEpoch, info.status], [4, 0, 'finished']);
  said = await warnings(t, () => fit(fresh(dir, {existing: 'overwrite'})));
  t.deepEqual(said, [`cnnslicer: ${dir}: epochs 0..4 of an earlier run are replaced.`]);
  t.deepEqual(await epochsOf(dir), [0, 1, 2]);
});

for (const {what, edit, forgets} of [
  {
    what: 'a run whose event files are recognised by its id, which are removed',
    edit: () => undefined,
    forgets: false,
  },
  {what: 'a run of earlier versions, whose event files cannot be recognised', edit: withoutId, forgets: true},
]) {
  test.serial(
    `TensorBoard is made to forget old points where they may be left: overwriting ${what}`,
    async t => {
      const dir = join(await temporaryFolder(t), 'run');
      const train = (more: Partial<CnnSlicerOptions>) =>
        warnings(t, () => fit(fresh(dir, {tensorboard: true, ...more}), {epochs: 1}));
      await train({});
      await editSealed<RunInfo>(join(dir, 'run.json'), edit);
      await train({existing: 'overwrite'});
      const events = await readEvents(join(dir, 'tensorboard/probe'));
      t.true(events.length > 0);
      t.is(
        events.some(({sessionLog}) => sessionLog),
        forgets,
      );
    },
  );
}

function withoutId(info: RunInfo): void {
  delete info.id;
}

/** Someone writes the folder for as long as `meanwhile` takes, and an epoch after it; tells its epochs at the end. */
type Holder = (dir: string, meanwhile: () => Promise<void>) => Promise<void>;

const otherSlicer: Holder = async (dir, meanwhile) => {
  const slicer = fresh(dir);
  slicer.setModel(tinyCnn(tf));
  await slicer.capture(0);
  await slicer.capture(1);
  await meanwhile();
  await slicer.capture(2);
  await slicer.close();
};

const otherProcess: Holder = async (dir, meanwhile) => {
  const child = spawn(process.execPath, [CHILD, 'write', dir, '0'], {stdio: ['ignore', 'pipe', 'inherit']});
  const lines = createInterface(child.stdout);
  const reached = async (n: number) => {
    for await (const line of lines) if (line === String(n)) return;
  };
  try {
    await reached(1);
    await meanwhile();
  } finally {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
};

const HOLDERS: [string, RegExp, Holder][] = [
  ['another slicer of this process', /^another slicer of this process$/, otherSlicer],
  ['another process', /^process \d+ on \S+$/, otherProcess],
];

for (const [what, name, hold] of HOLDERS) {
  for (const existing of ['new', 'overwrite'] as const) {
    test.serial(
      `beside ${what} on the same folder, existing: '${existing}' makes a run beside it`,
      async t => {
        const dir = join(await temporaryFolder(t), 'run');
        await hold(dir, async () => {
          const said = await warnings(t, () => fit(fresh(dir, {existing})));
          t.is(said.length, 1, said.join('\n'));
          const [, writer] = /^cnnslicer: \S+run is being written by (.+); give each training its own folder\. This run goes to run-2 next to it\.$/.exec(said[0]!) ?? []; // prettier-ignore
          t.regex(writer ?? said[0]!, name);
        });
        t.deepEqual((await epochsOf(dir)).slice(0, 2), [0, 1]);
        t.deepEqual(await epochsOf(`${dir}-2`), [0, 1, 2]);
        for (const folder of [dir, `${dir}-2`]) t.deepEqual((await verifyRun(folder)).damaged, []);
      },
    );
  }

  test.serial(`to resume a run that ${what} writes fails in one line, and training goes on`, async t => {
    const dir = join(await temporaryFolder(t), 'run');
    await hold(dir, async () => {
      for (const [more, options] of [
        [{}, {existing: 'resume'}],
        [{initialEpoch: 1, epochs: 3}, {}],
      ] as const) {
        const said = await warnings(t, async () => {
          t.is((await fit(fresh(dir, options), more)).epoch.length, 2);
        });
        t.is(said.length, 1);
        t.regex(said[0]!, /^cnnslicer: could not begin: \S+run is being written by .+; give each training its own folder\. Training continues without capture\.$/); // prettier-ignore
      }
    });
    t.deepEqual((await epochsOf(dir)).slice(0, 2), [0, 1]);
    t.deepEqual(await readdir(join(dir, '..')), ['run']);
  });
}

test.serial('with strict, another slicer of this process on the folder is an error', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  await otherSlicer(dir, async () => {
    await t.throwsAsync(fit(fresh(dir, {strict: true})), {
      message: /run is being written by another slicer of this process; give each training its own folder/,
    });
  });
  t.deepEqual(await epochsOf(dir), [0, 1, 2]);
  t.deepEqual(await readdir(join(dir, '..')), ['run']);
});

test.serial('two slicers that train on one folder by turns never mix their epochs', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  const [a, b] = [tinyCnn(tf), tinyCnn(tf)];
  const first = fresh(dir);
  await fit(first, {epochs: 1}, a);
  const beside = fresh(dir);
  await warnings(t, () => fit(beside, {epochs: 1}, b));
  await fit(first, {epochs: 1}, a);
  await fit(beside, {epochs: 1}, b);
  for (const folder of [dir, `${dir}-2`]) t.deepEqual(await epochsOf(folder), [0, 1, 2]);

  const resuming = fresh(dir, {existing: 'resume'});
  await fit(resuming, {epochs: 1}, b);
  const said = await warnings(t, () => fit(first, {epochs: 1}, a));
  t.deepEqual(said, [
    `cnnslicer: could not begin: ${dir} was resumed by another slicer; give each training its own folder. Training continues without capture.`,
  ]);
  await fit(resuming, {epochs: 1}, b);
  t.deepEqual(await epochsOf(dir), [0, 1, 2, 3, 4]);
});

test.serial('one slicer in two fits at once is refused in one line, and both trainings go on', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  const slicer = fresh(dir);
  const said = await warnings(t, async () => {
    const histories = await Promise.all([fit(slicer, {epochs: 3}), fit(slicer, {epochs: 3})]);
    for (const {epoch} of histories) t.is(epoch.length, 3);
    await slicer.finished;
  });
  t.is(said.length, 1, said.join('\n'));
  t.regex(
    said[0]!,
    /could not begin: another fit with this callback is under way; give each fit its own cnnSlicer/,
  );
  const again = await warnings(t, () => fit(slicer, {epochs: 1}));
  t.deepEqual(again, [], 'what was begun held no epoch');
  t.deepEqual(await epochsOf(slicer.dir), [0, 1]);
});

test.serial('epochs that one fit has before the same slicer is given to another are kept', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  const slicer = fresh(dir);
  let other: Promise<tf.History> | undefined;
  const startOther = new tf.CustomCallback({
    onEpochEnd: epoch => {
      if (epoch === 1) other = fit(slicer);
      return Promise.resolve();
    },
  });
  const said = await warnings(t, async () => {
    await fit(slicer, {epochs: 4, callbacks: [slicer, startOther]});
    await other;
    await slicer.finished;
  });
  t.is(said.length, 1, said.join('\n'));
  t.regex(said[0]!, /another fit with this callback is under way; .+ Training continues without capture\.$/);
  t.deepEqual(await epochsOf(dir), [0, 1, 2]);
  t.like(await verifyRun(dir), {ok: true, intact: [0, 1, 2]});
});

test.serial('a run that a fit was thrown out of goes on with the next fit of that model', async t => {
  const dir = join(await temporaryFolder(t), 'run');
  const slicer = fresh(dir);
  const model = tinyCnn(tf);
  const thrower = new tf.CustomCallback({
    onEpochEnd: epoch => {
      if (epoch === 1) throw new Error('broken off');
    },
  });
  const callbacks = [slicer, thrower] as unknown as tf.CustomCallback[];
  await t.throwsAsync(fit(slicer, {epochs: 5, callbacks}, model), {message: 'broken off'});
  const said = await warnings(t, () => fit(slicer, {epochs: 1}, model));
  t.deepEqual(said, []);
  t.deepEqual(await epochsOf(dir), [0, 1, 2, 3]);
  t.deepEqual((await openRun(dir)).info.training.epochs, 3);
});

for (const [what, lose] of [
  ['moved away', (dir: string) => rename(dir, `${dir}-moved`)],
  ['replaced by an empty one', async (dir: string) => (await rename(dir, `${dir}-moved`), mkdir(dir))],
] as const) {
  test.serial(
    `a folder that is ${what} during training is reported in one line at the next epoch`,
    async t => {
      const dir = join(await temporaryFolder(t), 'run');
      const slicer = fresh(dir, {tensorboard: true});
      const meddle = new tf.CustomCallback({
        onEpochEnd: async epoch => void (epoch === 1 && (await lose(dir))),
      });
      const said = await warnings(t, async () => {
        await fit(slicer, {epochs: 4, callbacks: [slicer, meddle]});
        await slicer.finished;
      });
      t.is(said.length, 1, said.join('\n'));
      t.regex(said[0]!, /^cnnslicer: could not record epoch 3: \S+run is (gone|no longer the folder)/);
      t.deepEqual(await readdir(dir).catch(() => []), []);
      t.true((await verifyRun(`${dir}-moved`)).ok);
      t.deepEqual(await epochsOf(`${dir}-moved`), [0, 1, 2]);
    },
  );
}
