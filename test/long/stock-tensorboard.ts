import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {python, pythonTest} from '../support/python.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {EPOCHS, trainForTensorBoard} from '../support/tensorboard-run.js';

interface Report {
  problems: string[];
  plugins: Record<string, {steps: number[]; tags: Record<string, unknown>; note: string}>;
}

for (const [loader, loadFast] of [
  ['default', 'true'],
  ['pure Python', 'false'],
] as const) {
  pythonTest(
    `stock TensorBoard shows all that a real training writes, with its ${loader} loader`,
    async t => {
      const folder = await temporaryFolder(t);
      await trainForTensorBoard(folder);
      const file = join(folder, 'report.json');
      await python(
        'test/support/check_tensorboard.py',
        folder,
        ...['--need', 'scalars,histograms,images,custom_scalars,hparams,text,graphs'],
        ...['--min-steps', `images=${EPOCHS + 1}`, '--load-fast', loadFast, '--json', file],
      );
      const {problems, plugins} = JSON.parse(await readFile(file, 'utf8')) as Report;
      t.deepEqual(problems, []);
      const tags = (plugin: string) => Object.keys(plugins[plugin]?.tags ?? {}).sort();
      t.deepEqual(tags('images'), [
        'capacity/conv/conv_2',
        'confusion_matrix',
        'feature_maps/conv',
        'feature_maps/conv_2',
      ]);
      t.deepEqual(tags('text'), ['model', 'run']);
      for (const tag of [
        'epoch_loss',
        'epoch_acc',
        'inter_sample_entropy/conv',
        'effective_rank/conv',
        'H[y|label]/2',
      ])
        t.true(tags('scalars').includes(tag), tag);
      t.true(tags('histograms').includes('intra_sample_entropy/conv_2/channels'));
      t.regex(plugins['hparams']?.note ?? '', /1 session groups.*train\/epoch_loss.*val\/epoch_acc/);
      t.regex(plugins['graphs']?.note ?? '', /5 nodes/);
    },
  );
}
