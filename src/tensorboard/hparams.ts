import type {HParam} from '../shared/recording/tensorboard-parts.js';
import protobuf from 'protobufjs';
import type {SummaryValue} from './event-proto.js';

/** As in TensorBoard's `hparams/plugin_data.proto` and `api.proto`, and Google's `struct.proto`. */
const source = `
  syntax = "proto3";

  message HParamsPluginData {
    oneof data {
      Experiment experiment = 2;
      SessionStartInfo session_start_info = 3;
      SessionEndInfo session_end_info = 4;
    }
  }

  message SessionStartInfo {
    map<string, Value> hparams = 1;
    string group_name = 4;
    double start_time_secs = 5;
  }

  message SessionEndInfo {
    enum Status {
      STATUS_UNKNOWN = 0;
      STATUS_SUCCESS = 1;
      STATUS_FAILURE = 2;
    }
    Status status = 1;
    double end_time_secs = 2;
  }

  message Experiment {
    repeated HParamInfo hparam_infos = 4;
    repeated MetricInfo metric_infos = 5;
  }

  message HParamInfo {
    enum DataType {
      DATA_TYPE_UNSET = 0;
      DATA_TYPE_STRING = 1;
      DATA_TYPE_BOOL = 2;
      DATA_TYPE_FLOAT64 = 3;
    }
    string name = 1;
    DataType type = 4;
    bool differs = 7;
  }

  message MetricInfo {
    MetricName name = 1;
    string display_name = 3;
  }

  message MetricName {
    string group = 1;
    string tag = 2;
  }

  message Value {
    oneof kind {
      double number_value = 2;
      string string_value = 3;
      bool bool_value = 4;
    }
  }
`;

/** One row of the HParams table: what a training was given. The run that holds it must not be TensorBoard's root. */
export interface SessionStart {
  hparams: Readonly<Record<string, HParam>>;
  /** Sessions of one group are one row, their metrics averaged; default: a row each, named for the run. */
  groupName?: string;
  /** Unix time, seconds. */
  startTime?: number;
}

/** How a session of the HParams table ended. */
export interface SessionEnd {
  status: 'success' | 'failure';
  /** Unix time, seconds. */
  endTime?: number;
}

/** The columns of the HParams table. Without one, every scalar of a session and its sub-runs becomes a column. */
export interface Experiment {
  hparams: readonly ExperimentHParam[];
  metrics: readonly ExperimentMetric[];
}

/** A column of the HParams table for a hyperparameter. */
export interface ExperimentHParam {
  name: string;
  type: 'string' | 'number' | 'boolean';
  /** True if runs are likely to differ in it: the first five that do, by name, are shown until others are chosen. */
  differs: boolean;
}

/** A column of the HParams table for a metric. */
export interface ExperimentMetric {
  /** A scalar's tag, whose last value is shown. */
  tag: string;
  /** The sub-run of the session that holds it; default the session's own run. */
  run?: string;
  displayName?: string;
}

/** Content of one record, as in TensorBoard: the columns, the beginning of a session, or its end. */
export type HParamsRecord =
  | {experiment: Experiment}
  | {sessionStart: SessionStart}
  | {sessionEnd: SessionEnd};

const dataType = protobuf.parse(source).root.lookupType('HParamsPluginData');

/** The plugin's data are all in the metadata; the tensor is empty. */
export function hparamsValue(record: HParamsRecord): SummaryValue {
  return {
    tag: hparamsTag(record),
    tensor: {dtype: 'DT_FLOAT', tensorShape: {dim: [{size: 0}]}},
    metadata: {
      pluginData: {pluginName: 'hparams', content: encodeHParams(record)},
      dataClass: 'DATA_CLASS_TENSOR',
    },
  };
}

/** Returns the tag by which TensorBoard recognises the kind of a record. */
export function hparamsTag(record: HParamsRecord): string {
  if ('experiment' in record) return '_hparams_/experiment';
  return 'sessionStart' in record ? '_hparams_/session_start_info' : '_hparams_/session_end_info';
}

/** @throws {RangeError} if a number is not finite: TensorBoard could not write it as JSON. */
export function encodeHParams(record: HParamsRecord): Uint8Array {
  return dataType.encode(dataType.fromObject(messageOf(record))).finish();
}

function messageOf(record: HParamsRecord): Record<string, unknown> {
  if ('experiment' in record) {
    const {hparams, metrics} = record.experiment;
    return {
      experiment: {
        hparamInfos: hparams.map(({name, type, differs}) => ({name, type: DATA_TYPES[type], differs})),
        metricInfos: metrics.map(({tag, run, displayName}) => ({
          name: {tag, group: run ?? ''},
          displayName: displayName ?? '',
        })),
      },
    };
  }
  if ('sessionStart' in record) {
    const {hparams, groupName, startTime} = record.sessionStart;
    const values = Object.entries(hparams).map(([name, value]) => [name, valueOf(name, value)] as const);
    return {
      sessionStartInfo: {
        hparams: Object.fromEntries(values),
        groupName: groupName ?? '',
        startTimeSecs: startTime ?? 0,
      },
    };
  }
  const {status, endTime} = record.sessionEnd;
  return {
    sessionEndInfo: {
      status: status === 'success' ? 'STATUS_SUCCESS' : 'STATUS_FAILURE',
      endTimeSecs: endTime ?? 0,
    },
  };
}

const DATA_TYPES = {
  string: 'DATA_TYPE_STRING',
  boolean: 'DATA_TYPE_BOOL',
  number: 'DATA_TYPE_FLOAT64',
} as const;

function valueOf(name: string, value: HParam): Record<string, HParam> {
  if (typeof value === 'string') return {stringValue: value};
  if (typeof value === 'boolean') return {boolValue: value};
  if (Number.isFinite(value)) return {numberValue: value};
  throw new RangeError(`EventWriter.hparams: hyperparameter "${name}" must be finite, got ${value}.`);
}
