import Table from 'cli-table3';
import {Command} from 'commander';
import {layerAliases, type LayerInfo, type RunInfo} from '../../shared/index.js';
import {
  openRun,
  probeDamage,
  type DamagedEpoch,
  type EpochManifest,
  type FailedPart,
  type Run,
} from '../../store/index.js';
import {failedLines} from '../failed-text.js';
import {ranges} from '../ranges.js';
import {jsonOption, logdirOption, runDirectory} from '../shared-options.js';

export function inspectCommand(): Command {
  return new Command('inspect')
    .description('List the contents of a run: model, probe, layers, epochs, sizes.')
    .argument('<run>', 'a run folder, or the name of a run in --logdir')
    .addOption(logdirOption())
    .addOption(jsonOption())
    .addHelpText('after', '\nExamples:\n  $ cnnslicer inspect runs/mnist\n  $ cnnslicer inspect mnist --json')
    .action(async (name: string, {logdir, json}: {logdir: string; json?: boolean}) => {
      const run = await openRun(runDirectory(name, logdir));
      const {finished, damaged} = await run.check();
      const epochs: EpochManifest[] = [];
      for (const epoch of finished) epochs.push(await run.manifest(epoch));
      const found = {epochs, damaged, probeDamage: await probeDamage(run)};
      const {info} = run;
      console.log(
        json
          ? JSON.stringify({info, aliases: layerAliases(info.layers), ...found}, null, 2)
          : inspection(run, found),
      );
    });
}

interface Found {
  epochs: EpochManifest[];
  damaged: DamagedEpoch[];
  /** Describes what is wrong with the probe; null if nothing is. */
  probeDamage: string | null;
}

function inspection({info, dir}: Run, found: Found): string {
  const epochs = found.epochs.map(({epoch}) => epoch);
  const bytes = found.epochs.flatMap(({files}) => files).reduce((sum, file) => sum + file.bytes, 0);
  const {training, probe, versions, options} = info;
  return [
    `Run         ${info.name} (${dir}), ${info.status}, begun ${info.createdAt}`,
    `Made with   cnnslicer ${versions.cnnslicer}, tfjs ${versions.tfjs} on ${info.backend}, ${versions.runtime ?? `node ${versions.node}`}, seed ${info.seed}`,
    `Training    ${training.samples ?? 'unknown'} samples, batch ${training.batchSize ?? 'unknown'}, ${training.epochs ?? 'unknown'} epochs planned`,
    info.classes.length === 0
      ? `Probe       ${probe.samples} samples without labels`
      : `Probe       ${probe.samples} samples of ${info.classes.length} classes`,
    ...(info.classes.length === 0 ? [] : [`Labels      ${labelsText(info)}`]),
    `Options     every ${options.everyEpochs} epoch(s), ${options.dtype}, ${options.bins} bins, range ${options.range}, k ${options.k}`,
    `Epochs      ${epochs.length > 0 ? ranges(epochs) : 'none finished'} (${(bytes / 2 ** 20).toFixed(1)} MiB)`,
    ...failedLines(failedParts(found.epochs)).map(line => `FAILED      ${line}`),
    ...found.damaged.map(({epoch, reason}) => `DAMAGED     epoch ${epoch}: ${reason}`),
    ...(found.probeDamage === null ? [] : [`DAMAGED     the probe: ${found.probeDamage}`]),
    layerTable(info.layers),
  ].join('\n');
}

/** Lists what is missing from epochs because it failed. */
function failedParts(epochs: readonly EpochManifest[]): (FailedPart & {epoch: number})[] {
  return epochs.flatMap(({epoch, failed = []}) => failed.map(part => ({epoch, ...part})));
}

function labelsText({probe: {output}, evaluation}: RunInfo): string {
  const matrix = `confusion matrix from ${evaluation.samples} (${evaluation.source})`;
  if (!output) return matrix;
  if (output.name === null) return `no confusion matrix: ${output.why}`;
  return `compared with output "${output.name}" (${output.why}); ${matrix}`;
}

function layerTable(layers: LayerInfo[]): string {
  const table = new Table({
    head: ['#', 'layer', 'alias', 'class', 'maps', 'channels'],
    colAligns: ['right', 'left', 'left', 'left', 'right', 'right'],
    style: {head: [], border: [], compact: true},
  });
  const aliases = layerAliases(layers);
  for (const [i, {index, name, className, spatial, channels}] of layers.entries()) {
    table.push([
      index,
      name,
      aliases[i],
      className,
      spatial.length > 0 ? spatial.join(' x ') : '1',
      channels,
    ]);
  }
  return table.toString();
}
