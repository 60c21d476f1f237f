import test from 'ava';
import {encodeLayout} from '#src/tensorboard/custom-scalars.js';
import {python, pythonTest} from '../support/python.js';

test('a layout has the golden bytes', t => {
  const bytes = encodeLayout([{title: 'A', charts: [{title: 'b', tags: ['c/.*']}]}]);
  t.is(Buffer.from(bytes).toString('hex'), '12100a0141120b0a016212060a04632f2e2a');
});

pythonTest("TensorBoard's own library reads a layout as it was meant", async t => {
  const bytes = encodeLayout([
    {title: 'Classes', charts: [{title: 'H(label|y)', tags: ['H\\[label\\|y\\]/.*$']}]},
    {
      title: 'Training',
      charts: [
        {title: 'loss', tags: ['epoch_loss$']},
        {title: 'both', tags: ['a$', 'b$']},
      ],
    },
  ]);
  const program = `
import json, sys
from tensorboard.plugins.custom_scalar.layout_pb2 import Layout
layout = Layout.FromString(bytes.fromhex(sys.argv[1]))
print(json.dumps([[c.title, [[h.title, list(h.multiline.tag)] for h in c.chart]] for c in layout.category]))`;
  t.deepEqual(JSON.parse(await python('-c', program, Buffer.from(bytes).toString('hex'))), [
    ['Classes', [['H(label|y)', ['H\\[label\\|y\\]/.*$']]]],
    [
      'Training',
      [
        ['loss', ['epoch_loss$']],
        ['both', ['a$', 'b$']],
      ],
    ],
  ]);
});
