import type {RunStart} from '../shared/recording/run-parts.js';
import {TABLE_SCHEMAS, type LogsRow, type RunInfo} from '../shared/index.js';
import type {ActivationPass} from './activation-pass.js';
import {countCaptures, planCapture} from './capture-plan.js';
import type {Classifier} from './classifier.js';
import {costOf} from './cost-line.js';
import {otherCosts} from './disk-costs.js';
import type {Host} from './host.js';
import {hyperparameters} from './hyperparameters.js';
import type {LabelledSet} from './labelled-set.js';
import type {Network, NetworkWeights} from './network.js';
import type {CaptureSettings} from './options.js';
import {chooseOutput} from './output-choice.js';
import type {OpenedRun, Recorder, RecorderSetup, TensorBoardSetup} from '../shared/recording/recorder.js';
import type {StageFailure} from '../shared/recording/stages.js';
import {describeRun, trainingOf, type FitParams} from './run-description.js';
import {capacityPairs, resolveTensorBoard} from './tensorboard-options.js';
import type {TensorFlow} from '../model/tensorflow.js';

const SETTLE_OUTPUT =
  'probe.output says it: the name of an output, or null where the labels only group the samples.';

/** Of an epoch, beside the activations of each layer: its tables, the weights, the manifest. */
const OTHER_FILES = Object.keys(TABLE_SCHEMAS).length + 2;

/** Sets whose output has been reported: repeated fits report it once. */
const reportedOutput = new WeakSet<LabelledSet>();

/** State from the beginning of a training to its end. */
export interface Training {
  /** A loop of the user's own, which says when to capture; else a fit, which does so by itself. */
  byHand: boolean;
  network: Network;
  activations: ActivationPass;
  classifier: Classifier | null;
  recorder: Recorder;
  /** Ends the comparison of the probe with the training's own samples. */
  stopWatching: () => void;
  /** The run folder. */
  dir: string;
  info: RunInfo;
  waiting: Set<Promise<void>>;
  /** Batches on their way to the recorder, with their bytes. */
  sending: Map<Promise<void>, number>;
  /** Logs of epochs since the last capture. */
  logs: LogsRow[];
  lastEpoch: number;
  lastCaptured: number;
  /** Parts of epochs whose failure has been reported. */
  reported: Set<string>;
  /** Parts that failed when the run was opened, to be reported. */
  failures: StageFailure[];
  /** Capture has ended before the training. */
  failed: boolean;
  /** Settles when the recorder is closed; null while it is open. */
  closed: Promise<void> | null;
}

/** Input for opening a training. */
export interface TrainingParts extends Pick<Training, 'byHand' | 'network'> {
  tf: TensorFlow;
  host: Host;
  /** The run folder to begin in, absolute. */
  dir: string;
  start: RunStart;
  options: CaptureSettings;
  probe: LabelledSet;
  /** The probe itself where there is no larger set. */
  evaluation: LabelledSet;
  /** Null where none was given. */
  trainingSet: LabelledSet | null;
  params: FitParams;
}

/**
 * Opens the run folder, and says so where that replaces epochs of an earlier run, or is another folder.
 *
 * @throws {Error | RangeError} if the sets or options don't fit the network, or the folder cannot be written.
 */
export async function openTraining(parts: TrainingParts): Promise<Training> {
  const {tf, host, dir, start, options, probe, evaluation, trainingSet, network, params, byHand} = parts;
  const {activations, layers, plan, cost, leanBytes} = await fitToBudget(parts);
  if (cost.notable) console.warn(`cnnslicer: ${dir}: ${cost.line}`);
  if (evaluation !== probe) activations.probeShapes(evaluation);
  if (trainingSet) activations.probeShapes(trainingSet);
  const labels = {
    classes: Math.max(probe.classes, evaluation.classes),
    declared: probe.declared || evaluation.declared,
  };
  const output = chooseOutput(network, labels, options.probe.output);
  if (output.warning && !reportedOutput.has(probe))
    console.warn(`cnnslicer: ${dir}: ${output.warning}. ${SETTLE_OUTPUT}`);
  reportedOutput.add(probe);
  const {process, versions} = await host.identify();
  const info = describeRun({
    name: host.runName(dir),
    network,
    params,
    layers,
    options: {
      ...options,
      dtype: plan.dtype,
      activations: plan.activations,
      weights: keptWeights(parts) !== null,
    },
    probe,
    evaluation,
    output,
    versions: {...versions, tfjs: tf.version['tfjs-core']},
    backend: tf.getBackend(),
    process,
  });
  const {recorder, opened} = await openRecorder(await host.openRecorder(options.background), {
    dir,
    start,
    info,
    probe: {labels: probe.labels, inputs: await activations.inputMaps(probe)},
    ...(trainingSet && {
      trainingSet: {
        given: trainingSet.given,
        samples: trainingSet.samples,
        inputs: await activations.inputMaps(trainingSet),
      },
    }),
    memory: options.budget.memory,
    disk: {
      epoch: plan.epochBytes,
      lean: leanBytes,
      files: layers.length + OTHER_FILES,
      budget: options.budget.disk,
    },
    tensorboard: tensorBoardSetup(parts, info),
  });
  if (!cost.notable && !opened.start.goesOn) console.info(`cnnslicer: ${opened.dir}: ${cost.line}`);
  return {
    byHand,
    network,
    activations,
    classifier: output.classifier,
    recorder,
    stopWatching: network.watchTraining(probe, line => console.warn(`cnnslicer: ${line}`)),
    dir: opened.dir,
    info: opened.info,
    waiting: new Set(),
    sending: new Map(),
    logs: [],
    lastEpoch: opened.start.epoch,
    // A loop of the user's own says itself what is to be captured, also once more.
    lastCaptured: opened.start.captured && !byHand ? opened.start.epoch : -1,
    reported: new Set(),
    failures: opened.failures,
    failed: false,
    closed: null,
  };
}

/** Resolves when a training has no pending work. */
export async function settled(training: Training | null): Promise<void> {
  if (training === null) return;
  await Promise.all(training.waiting);
  await training.closed;
}

/** The weights that each epoch stores; null for none. */
function keptWeights({options, network}: TrainingParts): NetworkWeights | null {
  return options.weights ? network.weights : null;
}

/** The pass of the captured layers, as many as the budget allows, with what that is going to take. */
async function fitToBudget(parts: TrainingParts) {
  const {host, dir, options, probe, evaluation, network, params} = parts;
  const whole = network.activations(options.batchSize);
  const layers = whole.probeShapes(probe);
  const inputs = layers.length - whole.layers.length;
  const others = otherCosts({
    layers,
    inputs,
    samples: probe.samples,
    classes: Math.max(probe.classes, evaluation.classes),
    weightBytes: keptWeights(parts)?.bytes ?? 0,
    pictures: picturesInRun(parts),
  });
  const demand = {
    layers: whole.layers,
    samples: probe.samples,
    inputBytes: probe.inputs.reduce((sum, {values}) => sum + values.byteLength, 0),
    others,
    captures: countCaptures(trainingOf(params), options.everyEpochs),
    options,
    budget: options.budget,
  };
  const plan = planCapture(demand);
  const cost = costOf(plan, demand, await host.free(dir));
  if (plan.leftOut.length === 0 && plan.batchSize === options.batchSize) {
    return {activations: whole, layers, plan, cost, leanBytes: others.epoch};
  }
  const activations = network.activations(
    plan.batchSize,
    plan.leftOut.map(({name}) => name),
  );
  return {activations, layers: activations.probeShapes(probe), plan, cost, leanBytes: others.epoch};
}

async function openRecorder(
  recorder: Recorder,
  setup: RecorderSetup,
): Promise<{recorder: Recorder; opened: OpenedRun}> {
  const opened = await recorder.open(setup).catch(async (error: unknown) => {
    await recorder.close('failed').catch(() => undefined); // the reason why it did not open is reported
    throw error;
  });
  const {dir, instead, replaced} = opened;
  if (instead !== null) console.warn(`cnnslicer: ${instead}`);
  if (replaced.length > 0) {
    console.warn(
      `cnnslicer: ${dir}: epochs ${replaced[0]}..${replaced.at(-1)} of an earlier run are replaced.`,
    );
  }
  return {recorder, opened};
}

/** TensorBoard's pictures of an epoch; null where the run folder holds no events. */
function picturesInRun({options, host}: TrainingParts) {
  const wanted = resolveTensorBoard(options.tensorboard, host.absolute);
  if (!wanted || wanted.dir !== null) return null;
  return {featureMaps: wanted.featureMaps, capacity: wanted.capacity?.length ?? 1};
}

function tensorBoardSetup({options, host, network}: TrainingParts, info: RunInfo): TensorBoardSetup | null {
  const wanted = resolveTensorBoard(options.tensorboard, host.absolute);
  if (!wanted) return null;
  return {
    dir: wanted.dir,
    hparams: hyperparameters(network.parameters(), info, wanted.hparams),
    graph: network.graph(),
    capacity: capacityPairs(wanted, info.layers),
    featureMaps: wanted.featureMaps,
  };
}
