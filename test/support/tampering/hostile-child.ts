/** Asks everything of every run in a log folder, and prints a line of JSON before and after each: `node … LOGDIR`. */
import {Cube, findings, LazyPool} from 'cnnslicer/analysis';
import {listRuns, verifyRun, type TableFilter} from 'cnnslicer/store';
import type {TableName} from '#src/shared/index.js';

const QUESTIONS = [
  'H(dCNN(*, *, *, *))',
  'H(dCNN(*, 1, *, *), range=run)',
  'H(dCNN(label=*, 1, *, 1), bins=16)',
  'Hx(dCNN(*, *, *, 1))',
  'Hx(dCNN(*, 1, *, 1), k=2)',
  'H(label | y)',
  'C(dCNN(*, 0, *, 1), dCNN(*, 1, *, 1))',
  'dCNN(0, 1, 0, 1)',
];
const TABLES: TableName[] = [
  'logs',
  'confusion',
  'class_entropy',
  'channel_entropy',
  'layer_entropy',
  'predictions',
];

const [, , logdir = ''] = process.argv;
const pool = new LazyPool({threads: 1});
process.setuid?.(65534); // an unprivileged user: root may read every file
for (const {id, run, problem, dir} of await listRuns(logdir)) {
  console.log(JSON.stringify({begin: id}));
  const said: string[] = problem === undefined ? [] : [problem];
  let answered = 0;
  const ask = async (question: () => Promise<unknown>) => {
    try {
      await question();
      answered++;
    } catch (error) {
      said.push(error instanceof Error ? error.message : String(error));
    }
  };
  await ask(() => verifyRun(dir));
  if (run !== undefined) {
    const cube = new Cube(run.dir, run.info, pool);
    await ask(() => cube.check());
    await ask(() => cube.probe());
    const filter: TableFilter = {epochs: [1]};
    for (const table of TABLES) await ask(() => cube.table(table, filter));
    await ask(() => cube.activations(1, 1));
    await ask(() => cube.weights(1));
    for (const question of QUESTIONS) await ask(() => cube.query(question));
    await ask(() => findings(cube));
  }
  console.log(JSON.stringify({end: id, answered, said}));
}
await pool.close();
