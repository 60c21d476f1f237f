import protobuf from 'protobufjs';

/**
 * The part of TensorBoard's protocol-buffer messages that is written here, field numbers as in its own
 * `event.proto`, `summary.proto`, `tensor.proto` and `tensor_shape.proto`. Fields left out are ones nobody sets.
 */
const source = `
  syntax = "proto3";

  message Event {
    double wall_time = 1;  // Unix seconds
    int64 step = 2;
    oneof what {
      string file_version = 3;
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
    }
    PluginData plugin_data = 1;
    DataClass data_class = 4;
  }

  enum DataClass {
    DATA_CLASS_UNKNOWN = 0;
    DATA_CLASS_SCALAR = 1;
    DATA_CLASS_TENSOR = 2;
  }

  message TensorProto {
    DataType dtype = 1;
    TensorShapeProto tensor_shape = 2;
    bytes tensor_content = 4;  // little endian, row-major
  }

  enum DataType {
    DT_INVALID = 0;
    DT_FLOAT = 1;
    DT_DOUBLE = 2;
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
  summary?: {value: SummaryValue[]};
  sessionLog?: {status: 'START'};
}

/** One tag's value at one step. */
export interface SummaryValue {
  tag: string;
  tensor: {
    dtype: 'DT_FLOAT' | 'DT_DOUBLE';
    /** No `dim` is a scalar. */
    tensorShape: {dim: {size: number}[]};
    /** Little endian, row-major. */
    tensorContent: Uint8Array;
  };
  metadata: {
    pluginData: {pluginName: PluginName};
    dataClass: 'DATA_CLASS_SCALAR' | 'DATA_CLASS_TENSOR';
  };
}

/** The TensorBoard plugin that shows a tag. */
export type PluginName = 'scalars' | 'histograms';

/** The runtime type of `Event`: its `decode` reads what `encodeEvent` wrote. */
export const eventType = protobuf.parse(source).root.lookupType('Event');

/** Serialises one event; fields that are left out take their proto3 default. */
export function encodeEvent(event: EventMessage): Uint8Array {
  return eventType.encode(eventType.fromObject(event)).finish();
}
