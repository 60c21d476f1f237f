import {createWriteStream} from 'node:fs';
import {stat} from 'node:fs/promises';
import {pipeline} from 'node:stream/promises';
import {Command, Option} from 'commander';
import {openCube, RESULT_FORMATS} from '../../analysis/index.js';
import {LAYER_MEASURES} from '../../shared/index.js';
import {fileError, systemErrorCode} from '../../store/file-error.js';
import {replaceFile, type Append} from '../../store/replace-file.js';
import {documentPath} from '../document-path.js';
import {interruptible} from '../interruptible.js';
import {progressBar} from '../progress-bar.js';
import {resultTable} from '../result-table.js';
import {jsonOption, logdirOption, quietOption, runDirectory} from '../shared-options.js';

const FILE_FORMATS = ['csv', 'json', 'parquet'] as const;

interface QueryOptions {
  logdir: string;
  format: 'table' | (typeof FILE_FORMATS)[number];
  out?: string;
  json?: boolean;
  quiet?: boolean;
}

/** A line for each measure of whole layers that has its own name. */
const LAYER_LINES = LAYER_MEASURES.filter(({name}) => name !== undefined)
  .map(({name, title}) => `${name}(dCNN(…)) is the ${title} of each layer and epoch.\n`)
  .join('');

const HELP = `
Write dCNN(samples, layers, channels, epochs); * is all of an axis, a..b a range, {a,b} a list. For the demo's run:
  $ cnnslicer query mnist-200-per-class "H(dCNN(label=3, conv2d_1, *, 0..20))"      entropy per channel and epoch, class 3
  $ cnnslicer query mnist-200-per-class "H(dCNN(*, conv2d_1, 7, 5))"                one channel, one epoch
  $ cnnslicer query mnist-200-per-class "Hx(dCNN(*, 0, *, 0))"                      inter-sample entropy of the inputs
  $ cnnslicer query mnist-200-per-class "Hx(dCNN(label=0, 1..4, *, 0..20:2), k=30)"
  $ cnnslicer query mnist-200-per-class "H(label | y)"                              per class and epoch; also H(y | label)
  $ cnnslicer query mnist-200-per-class "C(dCNN(*, 1, *, 5), dCNN(*, 2, *, 5), bins=32, permutations=20)"
  $ cnnslicer query mnist-200-per-class "mean(C(dCNN(*, 1, *, *), dCNN(*, 2, *, *)) over channel)"
  $ cnnslicer query mnist-200-per-class "dCNN(label=6, conv2d_1, 7, 5)" --format parquet --out maps.parquet
${LAYER_LINES}Refer to layers by name, by index (0 is the input), or by class and number: conv2d_1 is the first Conv2D of the run.
\`cnnslicer inspect\` lists them. Full reference: ${documentPath('query.md')}`;

export function queryCommand(): Command {
  return new Command('query')
    .description("Query a run in the paper's notation: entropies, capacities, feature maps.")
    .argument('<run>', 'a run folder, or the name of a run in --logdir')
    .argument('<expression>', 'the question, quoted')
    .addOption(logdirOption())
    .addOption(
      new Option('--format <format>', 'output format')
        .choices(['table', ...FILE_FORMATS])
        .default('table')
        .conflicts('json'),
    )
    .option('--out <file>', 'write to a file; required for parquet')
    .addOption(jsonOption())
    .addOption(quietOption())
    .addHelpText('after', HELP)
    .action(async (name: string, expression: string, options: QueryOptions) => {
      const format = options.json ? 'json' : options.format;
      if (format === 'parquet' && options.out === undefined) {
        throw new Error('query: parquet is binary; name a file with --out.');
      }
      const run = await openCube(runDirectory(name, options.logdir));
      try {
        const bar = progressBar('computing', options);
        const result = await interruptible(signal =>
          run.query(expression, {signal, onProgress: done => bar.update(done)}),
        ).finally(() => bar.stop());
        const chunks =
          format === 'table' ? [`${resultTable(result)}\n`] : RESULT_FORMATS[format].encodeChunks(result);
        if (options.out === undefined) await pipeline(chunks, process.stdout, {end: false});
        else {
          await written(chunks, options.out);
          if (!options.quiet)
            console.error(`${result.rows} rows of ${result.measure} written to ${options.out}`);
        }
      } finally {
        await run.close();
      }
    });
}

/** Writes chunks to a file, which is replaced as a whole or kept; a pipe or a device receives them as they arrive. */
async function written(chunks: Iterable<string | Uint8Array>, file: string): Promise<void> {
  try {
    if (await isFileOrNew(file)) await replaceFile(file, append => appendAll(chunks, append));
    else await pipeline(chunks, createWriteStream(file));
  } catch (error) {
    throw systemErrorCode(error) === undefined ? error : fileError('write', file, error);
  }
}

async function isFileOrNew(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return true; // errors of its folder are reported when it is written
  }
}

async function appendAll(chunks: Iterable<string | Uint8Array>, append: Append): Promise<void> {
  for (const chunk of chunks) await append([typeof chunk === 'string' ? Buffer.from(chunk) : chunk]);
}
