import {execFile} from 'node:child_process';
import {mkdir, mkdtemp, readFile, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {promisify} from 'node:util';
import test from 'ava';
import ts from 'typescript';

const run = promisify(execFile);
let project: string;

/** A project that has what npm installs with the package, and the types of Node: the package from its tarball, the rest as links. */
test.before(async () => {
  project = await mkdtemp(join(tmpdir(), 'cnnslicer-typescript-'));
  const modules = join(project, 'node_modules');
  await mkdir(join(modules, 'cnnslicer'), {recursive: true});
  const {stdout} = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', project]);
  const [{filename}] = JSON.parse(stdout) as [{filename: string}];
  await run('tar', ['-xzf', join(project, filename), '--strip-components=1', '-C', join(modules, 'cnnslicer')]); // prettier-ignore
  const {dependencies} = JSON.parse(await readFile('package.json', 'utf8')) as {dependencies: object};
  for (const name of [...Object.keys(dependencies), '@tensorflow/tfjs', '@types/node']) {
    await mkdir(dirname(join(modules, name)), {recursive: true});
    await symlink(join(process.cwd(), 'node_modules', name), join(modules, name));
  }
});
test.after.always(() => rm(project, {recursive: true, force: true}));

const sample = `
  import * as tf from '@tensorflow/tfjs';
  import {createServer} from 'node:http';
  import {cnnSlicer, deconvnet, modelAt, type CnnSlicer, type CnnSlicerOptions, type Probe} from 'cnnslicer';
  import type {NamedTensors, NetworkFunction} from 'cnnslicer';
  import {Cube, NoSuchSlice, analyze, cellsOf, findings, openCube, resultRows} from 'cnnslicer/analysis';
  import type {Finding, Cell, QueryResult} from 'cnnslicer/analysis';
  import {mnist, type Dataset} from 'cnnslicer/datasets';
  import {channelEntropy, shannonEntropy} from 'cnnslicer/metrics';
  import {MetricsPool} from 'cnnslicer/metrics/simd';
  import {createApp, type App} from 'cnnslicer/server';
  import {verifyRun, type Run, type RunInfo, type TableName} from 'cnnslicer/store';
  import {EventWriter} from 'cnnslicer/tensorboard';
  import {enableWasmTraining, type WasmTraining} from 'cnnslicer/wasm';
  import 'cnnslicer/tfjs-node-compat';

  export async function main(): Promise<void> {
    const probe: Probe = {xs: tf.zeros([4, 8, 8, 1]), labels: [0, 1, 0, 1]};
    const options: CnnSlicerOptions = {probe, dtype: 'float16', everyEpochs: 2};
    const slicer: CnnSlicer = cnnSlicer(tf, 'runs/a', options);
    const training: WasmTraining = await enableWasmTraining(tf);
    const model = tf.sequential();
    await model.fit(tf.zeros([4, 8, 8, 1]), tf.zeros([4, 2]), {callbacks: [slicer]});
    const network: NetworkFunction = (xs: tf.Tensor4D) => ({conv: tf.relu(xs), logits: xs.mean([1, 2])});
    const given: NamedTensors = {logits: tf.zeros([4, 2])};
    await slicer.capture(0, {loss: 1}, network);
    await slicer.capture(1, null, given);
    // @ts-expect-error: names are needed
    await slicer.capture(2, {}, [tf.zeros([4, 2])]);
    const cube: Cube = await openCube('runs/a');
    const answer: QueryResult = await cube.query('Hx(dCNN(*, conv, *, 0))');
    const cells: Cell[] = Object.values(answer.columns).flatMap(of => cellsOf(of));
    const rows: object[] = resultRows(answer);
    const found: Finding[] = await findings(cube);
    const info: RunInfo = cube.info;
    const app: App = createApp({logdir: 'runs'});
    createServer(app);
    const data: Dataset = mnist;
    const table: TableName = 'logs';
    const bits: number | null = shannonEntropy(new Uint32Array([1, 1]));
    const restored = async (run: Run) => modelAt(tf, run, 1);
    void [training, cells, found, info, data, table, bits, restored, deconvnet, NoSuchSlice, analyze];
    void [channelEntropy, MetricsPool, verifyRun, EventWriter];
    // @ts-expect-error: types are looked at, and not any
    cnnSlicer(tf, 1, {});
  }
`;

interface Mode {
  title: string;
  file: string;
  options: ts.CompilerOptions;
}

const {ModuleKind, ModuleResolutionKind} = ts;
const modes: Mode[] = [
  {title: 'commonjs, node10', file: 'old.ts', options: {module: ModuleKind.CommonJS, moduleResolution: ModuleResolutionKind.Node10, ignoreDeprecations: '6.0'}}, // prettier-ignore
  {title: 'node16, an ES module', file: 'node16.mts', options: {module: ModuleKind.Node16}},
  {title: 'node16, a CommonJS file', file: 'node16.cts', options: {module: ModuleKind.Node16}},
  {title: 'nodenext, an ES module', file: 'next.mts', options: {module: ModuleKind.NodeNext}},
  {title: 'nodenext, a CommonJS file', file: 'next.cts', options: {module: ModuleKind.NodeNext}},
  {title: 'bundler', file: 'bundled.ts', options: {module: ModuleKind.ESNext, moduleResolution: ModuleResolutionKind.Bundler}}, // prettier-ignore
];

for (const {title, file, options} of modes) {
  test.serial(`a script compiles against the packed package: ${title}`, async t => {
    const path = join(project, file);
    await writeFile(path, sample);
    const program = ts.createProgram([path], {
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
      types: ['node'],
      typeRoots: [join(project, 'node_modules/@types')],
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      ...options,
    });
    // Also our own types, as with skipLibCheck: false; those of others are theirs.
    const ours = program.getSourceFiles().filter(({fileName}) => /node_modules\/cnnslicer\//.test(fileName));
    t.true(ours.length > 50);
    const problems = [
      ...program.getOptionsDiagnostics(),
      ...[program.getSourceFile(path), ...ours].flatMap(source => program.getSemanticDiagnostics(source)),
    ];
    const reported = problems.map(({file, start = 0, messageText}) => {
      const line = file ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
      return `${file?.fileName.split('/node_modules/').at(-1)}:${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
    t.deepEqual(reported, []);
  });
}
