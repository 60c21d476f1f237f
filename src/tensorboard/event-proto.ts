import protobuf from 'protobufjs';

/**
 * The part of TensorBoard's protocol-buffer messages that is written here, field numbers as in its own
 * `event.proto`, `summary.proto`, `tensor.proto` and `tensor_shape.proto`. Unused fields are left out.
 */
const source = `
  syntax = "proto3";

  message Event {
    double wall_time = 1;  // Unix seconds
    int64 step = 2;
    oneof what {
      string file_version = 3;
      bytes graph_def = 4;  // a serialized GraphDef
      Summary summary = 5;
      SessionLog session_log = 7;
    }
  }

  message SessionLog {
    enum SessionStatus {
      STATUS_UNSPECIFIED = 0;
      START = 1;
    }
    SessionStatus status = 1;
  }

  message Summary {
    message Value {
      string tag = 1;
      TensorProto tensor = 8;
      SummaryMetadata metadata = 9;
    }
    repeated Value value = 1;
  }

  message SummaryMetadata {
    message PluginData {
      string plugin_name = 1;
      bytes content = 2;  // what the plugin says
    }
    PluginData plugin_data = 1;
    string summary_description = 3;  // markdown
    DataClass data_class = 4;
  }

  enum DataClass {
    DATA_CLASS_UNKNOWN = 0;
    DATA_CLASS_SCALAR = 1;
    DATA_CLASS_TENSOR = 2;
    DATA_CLASS_BLOB_SEQUENCE = 3;
  }

  message TensorProto {
    DataType dtype = 1;
    TensorShapeProto tensor_shape = 2;
    bytes tensor_content = 4;  // little endian, row-major
    repeated bytes string_val = 8;
  }

  enum DataType {
    DT_INVALID = 0;
    DT_FLOAT = 1;
    DT_DOUBLE = 2;
    DT_STRING = 7;
  }

  message TensorShapeProto {
    message Dim {
      int64 size = 1;
    }
    repeated Dim dim = 2;
  }
`;

/** An `Event` message as an object: field names in camel case, enums by name. */
export interface EventMessage {
  /** Unix time, seconds. */
  wallTime: number;
  /** A safe integer. */
  step?: number;
  fileVersion?: string;
  graphDef?: Uint8Array;
  summary?: {value: SummaryValue[]};
  sessionLog?: {status: 'START'};
}

/** One tag's value at one step. */
export interface SummaryValue {
  tag: string;
  tensor: Tensor;
  metadata: {
    pluginData: {pluginName: PluginName; content?: Uint8Array};
    dataClass: 'DATA_CLASS_SCALAR' | 'DATA_CLASS_TENSOR' | 'DATA_CLASS_BLOB_SEQUENCE';
    /** Markdown. */
    summaryDescription?: string;
  };
}

export interface Tensor {
  dtype: 'DT_FLOAT' | 'DT_DOUBLE' | 'DT_STRING';
  /** No `dim` is a scalar. */
  tensorShape: {dim: {size: number}[]};
  /** Numbers, little endian, row-major. */
  tensorContent?: Uint8Array;
  /** The strings of a DT_STRING. */
  stringVal?: Uint8Array[];
}

/** The TensorBoard plugin that shows a tag. */
export type PluginName = 'scalars' | 'histograms' | 'images' | 'text' | 'custom_scalars' | 'hparams';

/** The runtime type of `Event`: its `decode` reads what `encodeEvent` wrote. */
export const eventType = protobuf.parse(source).root.lookupType('Event');

/** Serialises one event; fields that are left out take their proto3 default. */
export function encodeEvent(event: EventMessage): Uint8Array {
  return eventType.encode(eventType.fromObject(event)).finish();
}
