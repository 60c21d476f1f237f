import test from 'ava';
import {encodeHParams, type HParamsRecord} from '#src/tensorboard/hparams.js';
import {python, pythonTest} from '../support/python.js';

test('the beginning of a session has the golden bytes', t => {
  const bytes = encodeHParams({sessionStart: {hparams: {lr: 0.5}, groupName: 'g', startTime: 1}});
  t.is(Buffer.from(bytes).toString('hex'), '1a1d0a0f0a026c72120911000000000000e03f22016729000000000000f03f');
});

test('a hyperparameter that JSON cannot hold is refused', t => {
  for (const value of [NaN, Infinity]) {
    t.throws(() => encodeHParams({sessionStart: {hparams: {lr: value}}}), {
      instanceOf: RangeError,
      message: `EventWriter.hparams: hyperparameter "lr" must be finite, got ${value}.`,
    });
  }
});

pythonTest("TensorBoard's own library reads columns, sessions and values of every type", async t => {
  const records: HParamsRecord[] = [
    {
      experiment: {
        hparams: [
          {name: 'lr', type: 'number', differs: true},
          {name: 'augment', type: 'boolean', differs: false},
        ],
        metrics: [{tag: 'epoch_loss', run: 'val', displayName: 'val loss'}, {tag: 'epoch_acc'}],
      },
    },
    {sessionStart: {hparams: {augment: false, batch: 0, optimizer: 'Adam'}}},
    {sessionEnd: {status: 'failure', endTime: 7.5}},
  ];
  const program = `
import json, sys
from google.protobuf.json_format import MessageToDict
from tensorboard.plugins.hparams.plugin_data_pb2 import HParamsPluginData
read = lambda text: MessageToDict(HParamsPluginData.FromString(bytes.fromhex(text)))
print(json.dumps([read(text) for text in sys.argv[1:]]))`;
  const hex = records.map(record => Buffer.from(encodeHParams(record)).toString('hex'));
  t.deepEqual(JSON.parse(await python('-c', program, ...hex)), [
    {
      experiment: {
        hparamInfos: [
          {name: 'lr', type: 'DATA_TYPE_FLOAT64', differs: true},
          {name: 'augment', type: 'DATA_TYPE_BOOL'},
        ],
        metricInfos: [
          {name: {group: 'val', tag: 'epoch_loss'}, displayName: 'val loss'},
          {name: {tag: 'epoch_acc'}},
        ],
      },
    },
    {sessionStartInfo: {hparams: {augment: false, batch: 0, optimizer: 'Adam'}}},
    {sessionEndInfo: {status: 'STATUS_FAILURE', endTimeSecs: 7.5}},
  ]);
});
