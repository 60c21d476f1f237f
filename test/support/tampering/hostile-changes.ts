import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {chmod, mkdir, readFile, rm, symlink, truncate, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import type {EpochManifest} from 'cnnslicer/store';
import type {Random, RunInfo} from '#src/shared/index.js';
import {editSealed} from '../edit-sealed.js';
import {filesOf} from './tampered-run.js';

/** Makes a run folder hostile; what is written has right checksums, as from somebody who means it. */
export type HostileChange = (dir: string, random: Random, outside: string) => Promise<void>;

const MANIFEST = 'activations/epoch=1/_manifest.json';
const NUMBERS = [0, 1, 2, 7, 65536, 1 << 20, 2 ** 31, 1e9, 1e15, 2 ** 53, -1, 0.5, 1e300];

export function pick<T>(random: Random, items: readonly T[]): T {
  return items[Math.floor(random() * items.length)] as T;
}

function editInfo(edit: (info: RunInfo, random: Random) => void): HostileChange {
  return (dir, random) => editSealed<RunInfo>(join(dir, 'run.json'), info => edit(info, random));
}

type Files = EpochManifest['files'];
function editFiles(edit: (files: Files, random: Random, manifest: EpochManifest) => void): HostileChange {
  return (dir, random) =>
    editSealed<EpochManifest>(join(dir, MANIFEST), manifest => edit(manifest.files, random, manifest));
}

function nested(levels: number): string {
  const node =
    '{"name":"x","className":"y","shape":[],"parameters":1,"inputs":[],"captured":false,"layers":[';
  return node.repeat(levels) + ']}'.repeat(levels);
}

/** Puts something in the place of a file or a folder on its way. */
function inPlace(
  put: (path: string, random: Random, outside: string) => Promise<void> | void,
): HostileChange {
  return async (dir, random, outside) => {
    const file = pick(random, await filesOf(dir));
    const depth = file.split('/').length;
    const path = join(dir, ...file.split('/').slice(0, 1 + Math.floor(random() * depth)));
    await rm(path, {recursive: true, force: true});
    await put(path, random, outside);
  };
}

/** Changes a data file and tells its manifest so. */
function editData(kind: RegExp, edit: (bytes: Buffer, random: Random) => Buffer): HostileChange {
  return async (dir, random) => {
    const files = (await filesOf(dir)).filter(path => kind.test(path));
    if (files.length === 0) return;
    const path = pick(random, files);
    const bytes = edit(await readFile(join(dir, path)), random);
    await writeFile(join(dir, path), bytes);
    const manifest = path.startsWith('probe/') ? 'probe/_manifest.json' : MANIFEST;
    await editSealed<EpochManifest>(join(dir, manifest), ({files: named}) => {
      for (const file of named.filter(entry => entry.path === path)) {
        file.bytes = bytes.length;
        file.sha256 = createHash('sha256').update(bytes).digest('hex');
      }
    });
  };
}

function flipSome(bytes: Buffer, random: Random): Buffer {
  const flipped = Buffer.from(bytes);
  for (let i = 0; i < 1 + 3 * random(); i++) {
    const at = Math.floor(random() * bytes.length);
    flipped.writeUInt8(flipped.readUInt8(at) ^ (1 << Math.floor(8 * random())), at);
  }
  return flipped;
}

export const HOSTILE_CHANGES: Readonly<Record<string, HostileChange>> = {
  channels: editInfo(({layers}, random) => void (pick(random, layers).channels = pick(random, NUMBERS))),
  spatial: editInfo(({layers}, random) => {
    pick(random, layers).spatial = [pick(random, NUMBERS), pick(random, NUMBERS)];
  }),
  samples: editInfo((info, random) => void (info.probe.samples = pick(random, NUMBERS))),
  perClass: editInfo((info, random) => void (info.probe.perClass = [pick(random, NUMBERS)])),
  classes: editInfo((info, random) => {
    info.classes = Array.from({length: pick(random, [0, 1, 65_536, 300_000])}, (_, i) => `c${i}`);
  }),
  layers: editInfo((info, random) => {
    const count = pick(random, [0, 1, 9000, 100_000]);
    const layer = (index: number) => ({
      index,
      name: `l${index}`,
      className: 'C',
      spatial: [3, 3],
      channels: 3,
    });
    info.layers = Array.from({length: count}, (_, i) => info.layers[i] ?? layer(i));
  }),
  inputs: editInfo((info, random) => void (info.inputs = pick(random, NUMBERS))),
  options: editInfo((info, random) => {
    info.options.bins = pick(random, NUMBERS);
    info.options.k = pick(random, NUMBERS);
    info.options.activations = {samples: pick(random, NUMBERS)};
  }),
  names: editInfo(info => {
    info.name = '<img src=x>\u0000\n\u202E';
    info.classes = info.classes.map(() => '=cmd|calc\n');
    info.backend = '"><svg onload=alert(1)>';
  }),
  process: editInfo((info, random) => {
    info.status = 'training';
    info.process = {pid: pick(random, NUMBERS), host: 'elsewhere'};
    info.createdAt = 'yesterday\nnight';
  }),
  deep: async (dir, random) => {
    const path = join(dir, 'run.json');
    const {sha256, ...info} = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
    const levels = pick(random, [200, 1000, 20_000, 200_000]);
    const deep = pick(random, [nested(levels), '['.repeat(levels) + ']'.repeat(levels)]);
    const key = pick(random, ['architecture', 'topology']);
    await writeFile(
      path,
      JSON.stringify({...info, [key]: sha256}).replace(JSON.stringify(sha256), `[${deep}]`),
    );
  },
  proto: async dir => {
    const path = join(dir, 'run.json');
    const text = await readFile(path, 'utf8');
    await writeFile(path, `{"__proto__": {"x": 1}, "constructor": {"prototype": {"x": 1}}, "a": [${text}]}`);
  },
  garbage: async (dir, random) => {
    const path = join(dir, pick(random, await filesOf(dir)));
    await writeFile(
      path,
      pick(random, ['', '{', '[]', 'null', '0', '{"sha256":""}', 'PAR1', '\u0000'.repeat(5000)]),
    );
  },
  bytes: editFiles((files, random) => {
    for (const file of files) file.bytes = pick(random, NUMBERS);
  }),
  shape: editFiles((files, random) => {
    const n = () => pick(random, NUMBERS);
    for (const file of files) if (file.kind === 'activations') file.shape = [n(), n(), n()];
  }),
  offsets: editFiles((files, random) => {
    for (const file of files) {
      if (file.kind === 'activations')
        for (const batch of file.batches) batch.valuesOffset = pick(random, NUMBERS);
      if (file.kind === 'weights')
        for (const tensor of file.tensors) tensor.valuesOffset = pick(random, NUMBERS);
    }
  }),
  batches: editFiles((files, random) => {
    for (const file of files) {
      if (file.kind === 'activations') file.batches = random() < 0.5 ? file.batches.reverse() : [];
    }
  }),
  weights: editFiles((files, random) => {
    for (const file of files) {
      if (file.kind !== 'weights') continue;
      const tensor = {...file.tensors[0]!, shape: [pick(random, NUMBERS), pick(random, [1, 1e4, 1e9])]};
      file.tensors = Array.from({length: pick(random, [1, 100_000])}, () => tensor);
    }
  }),
  rows: editFiles((files, random) => {
    for (const file of files) if (file.kind === 'table') file.rows = pick(random, NUMBERS);
  }),
  swapped: editFiles((files, random) => {
    const [a, b] = [pick(random, files), pick(random, files)];
    [a.path, b.path, a.bytes, b.bytes, a.sha256, b.sha256] = [
      b.path,
      a.path,
      b.bytes,
      a.bytes,
      b.sha256,
      a.sha256,
    ];
  }),
  paths: editFiles((files, random) => {
    pick(random, files).path = pick(random, [
      '../secret',
      '/dev/zero',
      'run.json',
      '.',
      'a\u0000b',
      'x'.repeat(9000),
    ]);
  }),
  epoch: editFiles((_, random, manifest) => void (manifest.epoch = pick(random, NUMBERS))),
  many: editFiles(files => {
    const table = files.find(file => file.kind === 'table');
    if (table) for (let i = 0; i < 100_000; i++) files.push(table);
  }),
  probe: (dir, random) =>
    editSealed<{files: {samples: number; bytes: number; labelsOffset: number}[]}>(
      join(dir, 'probe/_manifest.json'),
      ({files}) => {
        const key = pick(random, ['samples', 'bytes', 'labelsOffset'] as const);
        for (const file of files) file[key] = pick(random, NUMBERS);
      },
    ),
  parquet: editData(/\.parquet$/, flipSome),
  cutParquet: editData(/\.parquet$/, (bytes, random) =>
    bytes.subarray(0, Math.floor(random() * bytes.length)),
  ),
  arrow: editData(/\.arrow$/, flipSome),
  noise: editData(/\.(arrow|parquet)$/, (bytes, random) => Buffer.from(bytes.map(() => 256 * random()))),
  epochs: async dir => {
    const text = (await readFile(join(dir, MANIFEST), 'utf8')).replace(/,"sha256":"\w+"\}\n$/, '}');
    for (let epoch = 2; epoch < 200; epoch++) {
      await mkdir(join(dir, `activations/epoch=${epoch}`), {recursive: true});
      const path = join(dir, `activations/epoch=${epoch}/_manifest.json`);
      await writeFile(path, epoch % 2 ? text.replace('"epoch":1', `"epoch":${epoch}`) : '{');
    }
  },
  fifo: inPlace(path => void execFileSync('mkfifo', [path])),
  folder: inPlace(path => mkdir(path)),
  device: inPlace((path, random) => symlink(pick(random, ['/dev/zero', '/dev/tty', '/proc/self/mem']), path)),
  link: inPlace((path, random, outside) =>
    symlink(pick(random, [outside, '/', path, '..', '../good']), path),
  ),
  derived: async (dir, _, outside) => {
    await rm(join(dir, 'derived'), {recursive: true, force: true});
    await symlink(outside, join(dir, 'derived'));
  },
  huge: async (dir, random) => {
    const path = pick(random, await filesOf(dir));
    await truncate(join(dir, path), pick(random, [2 ** 26, 2 ** 31, 2 ** 33]));
  },
  closed: async (dir, random) => {
    const path = join(dir, pick(random, await filesOf(dir)));
    await chmod(random() < 0.5 ? path : dirname(path), 0);
  },
};
