import test from 'ava';
import type {ArchitectureNode} from '#src/shared/index.js';
import {architectureOf, countLayers, outline, searchLayers} from '#ui/model/architecture.js';
import {branchingModel, modelInfo, plainModel, residualModel} from '../../support/model-run.js';
import {runInfo} from '../../support/run-folder.js';

const none = new Set<string>();

function node(name: string, inputs: string[], changes: Partial<ArchitectureNode> = {}): ArchitectureNode {
  return {name, className: 'Conv2D', shape: [8, 8, 4], parameters: 10, inputs, captured: true, ...changes};
}

/** Rows as `name <- names of what leads to it`. */
function arrows(rows: ReturnType<typeof outline>): string[] {
  return rows.map(
    ({name, sources}) => `${name} <- ${sources?.map(at => rows[at]?.name).join(' ') ?? 'none'}`,
  );
}

test('a small model shows every layer with its type, shape, parameters and whether it was captured', t => {
  const rows = outline(modelInfo(plainModel()).architecture, none);
  t.deepEqual(
    rows.map(({name, type, shape, channels, parameters, captured}) => [
      ...[name, type, shape, channels, parameters, captured],
    ]),
    [
      ['image', 'InputLayer', '12×12×1', 1, 0, true],
      ['conv_1', 'Conv2D', '12×12×8', 8, 80, true],
      ['pool', 'MaxPooling2D', '6×6×8', 8, 0, true],
      ['conv_2', 'Conv2D', '6×6×16', 16, 1168, true],
      ['flatten', 'Flatten', '576', 576, 0, false],
      ['scores', 'Dense', '3', 3, 1731, true],
    ],
  );
});

test('branches lead from where they part to where they meet', t => {
  const rows = outline(modelInfo(branchingModel()).architecture, none);
  const found = arrows(rows);
  t.true(found.includes('encoder <- stem'));
  t.true(found.includes('joined <- branch_1x1 branch_3x3 branch_5x5 branch_pool_proj'));
  t.true(found.includes('sum <- narrow stem'), found.join('\n'));
});

test('a model inside the model opens into its own layers, between what leads to it and from it', t => {
  const {architecture} = modelInfo(branchingModel());
  const closed = outline(architecture, none).find(({name}) => name === 'encoder');
  t.like(closed, {kind: 'model', isOpen: false, layers: 2, parameters: 1168});
  const rows = outline(architecture, new Set(['encoder']));
  const found = arrows(rows);
  t.true(found.includes('encoder/encoder_conv_1 <- encoder'));
  t.true(found.includes('encoder/encoder_conv_2 <- encoder/encoder_conv_1'));
  t.true(found.includes('branch_pool <- encoder/encoder_conv_2'));
  t.is(rows.find(({name}) => name === 'encoder/encoder_conv_1')?.depth, 1);
});

test('a large model is gathered into blocks of maps of the same extents', t => {
  const {architecture} = modelInfo(residualModel(9));
  t.is(countLayers(architecture), 151);
  const rows = outline(architecture, none);
  t.deepEqual(
    rows.map(({name, kind, layers}) => [name, kind, layers]),
    [
      ['image', 'layer', 1],
      ['maps of 16×16', 'block', 37],
      ['maps of 8×8', 'block', 37],
      ['maps of 4×4', 'block', 37],
      ['maps of 2×2', 'block', 37],
      ['pooled', 'layer', 1],
      ['scores', 'layer', 1],
    ],
  );
  t.deepEqual(arrows(rows).at(2), 'maps of 8×8 <- maps of 16×16');
});

test('a block opens into its layers, and its heading is no part of the graph', t => {
  const {architecture} = modelInfo(residualModel(9));
  const key = outline(architecture, none)[2]?.key ?? '';
  const rows = outline(architecture, new Set([key]));
  t.is(rows.length, 7 + 37);
  const found = arrows(rows);
  t.true(found.includes('maps of 8×8 <- none'));
  t.true(found.includes('stage2_down <- maps of 16×16'));
  t.true(found.includes('stage2_block1_add <- stage2_block1_2_conv stage2_down'));
  t.true(found.includes('maps of 4×4 <- stage2_block9_add'));
});

test('every row of an outline is named once, and what leads to it is before it', t => {
  for (const model of [plainModel(), branchingModel(), residualModel(3)]) {
    const {architecture} = modelInfo(model);
    const keys = outline(architecture, none).map(({key}) => key);
    for (const rows of [outline(architecture, none), outline(architecture, new Set(keys))]) {
      t.is(new Set(rows.map(({key}) => key)).size, rows.length);
      rows.forEach(({sources}, at) => t.true(sources?.every(source => source < at) ?? true));
    }
  }
});

test('where a Sequential begins with a model, its layers stand for the model', t => {
  const encoder = node('encoder', [], {layers: [node('inner', [])]});
  t.deepEqual(arrows(outline([encoder, node('head', ['inner'])], none)), ['encoder <- ', 'head <- encoder']);
});

test('a node that nothing known leads to follows the one before it; an input follows nothing', t => {
  const rows = outline(
    [
      node('a', []),
      node('b', ['lost']),
      node('second', [], {className: 'InputLayer'}),
      node('c', ['b', 'second']),
    ],
    none,
  );
  t.deepEqual(arrows(rows), ['a <- ', 'b <- a', 'second <- ', 'c <- b second']);
});

test('extents that the model leaves open are question marks', t => {
  const [row] = outline([node('free', [], {shape: [null, null, 8]})], none);
  t.is(row?.shape, '?×?×8');
  const [open] = outline([node('free', [], {shape: [8, null]})], none);
  t.is(open?.channels, null);
});

test('layers are found by name or type, those of models inside the model too', t => {
  const {architecture} = modelInfo(branchingModel());
  t.deepEqual(
    searchLayers(architecture, 'ENCODER_').map(({name}) => name),
    ['encoder/encoder_conv_1', 'encoder/encoder_conv_2'],
  );
  t.deepEqual(
    searchLayers(architecture, ' concat ').map(({name}) => name),
    ['joined'],
  );
  t.deepEqual(searchLayers(architecture, 'no such'), []);
});

test('a run that tells no architecture has its captured layers in a row', t => {
  const nodes = architectureOf(runInfo());
  t.deepEqual(arrows(outline(nodes, none)), ['input_1 <- ', 'conv2d_1 <- input_1', 'dense_1 <- conv2d_1']);
});
