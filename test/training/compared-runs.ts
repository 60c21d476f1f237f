import {join} from 'node:path';
import {readEvents} from '../support/read-events.js';
import {python, pythonTest} from '../support/python.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {trainForTensorBoard} from '../support/tensorboard-run.js';

/** Asks stock TensorBoard what its HParams and Custom Scalars pages show, once both runs are loaded in full. */
const ASK = `
import contextlib, json, sys, time
sys.path.insert(0, 'test/support')
from check_tensorboard import TB, check_files, wait_loaded
STATUSES = ['STATUS_UNKNOWN', 'STATUS_SUCCESS', 'STATUS_FAILURE', 'STATUS_RUNNING']

def table(tb):
  request = json.dumps({'experimentName': '', 'includeMetrics': True})
  columns = tb.get('/data/plugin/hparams/experiment', request=request)
  names = [info['name'] for info in columns.get('hparamInfos', [])]
  body = {'experimentName': '', 'allowedStatuses': STATUSES, 'colParams': [{'hparam': name} for name in names],
          'startIndex': 0, 'sliceSize': 100}
  groups = tb.get('/data/plugin/hparams/session_groups', json.dumps(body).encode()).get('sessionGroups', [])
  return {group['name']: {
    'hparams': group['hparams'],
    'metrics': {m['name']['group'] + '/' + m['name']['tag']: m['value'] for m in group.get('metricValues', [])},
    'status': group['sessions'][0]['status']} for group in groups}

def charts(tb):
  layout = tb.get('/data/plugin/custom_scalars/layout')
  lines = lambda chart, run: [
    run + ' ' + tag for pattern in chart['multiline']['tag']
    for tag in tb.get('/data/plugin/custom_scalars/scalars', run=run, tag=pattern)['tag_to_events']]
  runs = tb.get('/data/runs')
  return {chart['title']: sorted(line for run in runs for line in lines(chart, run))
          for category in layout.get('category', []) for chart in category['chart']}

deadline = time.time() + 60
tb = TB(sys.argv[1], 'true', deadline)
try:
  with contextlib.redirect_stdout(sys.stderr): expected = check_files(sys.argv[1], True)
  loaded, missing = wait_loaded(tb, expected, deadline)
  assert loaded, missing
  print(json.dumps({'table': table(tb), 'charts': charts(tb)}))
finally: tb.stop()`;

interface Answer {
  table: Record<string, {hparams: Record<string, unknown>; metrics: Record<string, number>; status: string}>;
  charts: Record<string, string[]>;
}

/** The last value of a scalar in its event file. */
async function lastValue(dir: string, tag: string): Promise<number | undefined> {
  const values = (await readEvents(dir)).flatMap(({summary}) => summary?.value ?? []);
  const last = values.filter(value => value.tag === tag).at(-1);
  return last && Buffer.from(last.tensor.tensorContent ?? []).readFloatLE();
}

pythonTest(
  'TensorBoard compares two runs: a row for each with its own options and last metrics, a chart for all classes',
  async t => {
    const folder = await temporaryFolder(t);
    const careful = await trainForTensorBoard(folder, {
      name: 'careful',
      learningRate: 0.001,
      options: {k: 5, tensorboard: {hparams: {dropout: 0.25, augmented: false}}},
    });
    const bold = await trainForTensorBoard(folder, {
      name: 'bold',
      learningRate: 0.05,
      options: {tensorboard: {hparams: {dropout: 0, augmented: true}}},
    });
    const {table, charts} = JSON.parse(await python('-c', ASK, folder)) as Answer;

    t.deepEqual(Object.keys(table).sort(), ['bold/tensorboard', 'careful/tensorboard']);
    const common = {optimizer: 'Adam', loss: 'categoricalCrossentropy', batch_size: 32, training_samples: 24};
    t.like(table['careful/tensorboard']?.hparams, {
      ...common,
      ...{learning_rate: 0.001, dropout: 0.25, augmented: false, k: 5},
    });
    t.like(table['bold/tensorboard']?.hparams, {
      ...common,
      ...{learning_rate: 0.05, dropout: 0, augmented: true, k: 15},
    });
    for (const dir of [careful, bold]) {
      const {metrics = {}, status} = table[dir.slice(folder.length + 1)] ?? {};
      t.is(status, 'STATUS_SUCCESS');
      t.deepEqual(Object.keys(metrics).sort(), [
        'probe/class_entropy/H[label|y]',
        'probe/class_entropy/H[y|label]',
        'probe/class_entropy/I[label;y]',
        'train/epoch_acc',
        'train/epoch_loss',
        'val/epoch_acc',
        'val/epoch_loss',
      ]);
      for (const [name, value] of Object.entries(metrics)) {
        const [run = '', ...tag] = name.split('/');
        t.is(await lastValue(join(dir, run), tag.join('/')), value, name);
      }
    }
    const losses = Object.values(table).map(({metrics}) => metrics['val/epoch_loss']);
    t.not(losses[0], losses[1]);

    const both = (lines: (run: string) => string[]) => ['bold', 'careful'].flatMap(lines);
    t.deepEqual(
      charts['H(y | label) of each class, bits'],
      both(run => [0, 1, 2].map(label => `${run}/tensorboard/probe H[y|label]/${label}`)),
    );
    t.deepEqual(
      charts['Loss'],
      both(run => [`${run}/tensorboard/train epoch_loss`, `${run}/tensorboard/val epoch_loss`]),
    );
    t.deepEqual(Object.keys(charts), [
      'H(label | y) of each class, bits',
      'H(y | label) of each class, bits',
      'Over all classes, bits',
      'Intra-sample entropy, bits',
      'Inter-sample entropy, bits',
      'Matrix entropy, bits',
      'Effective rank',
      'Loss',
      'Accuracy',
    ]);
  },
);
