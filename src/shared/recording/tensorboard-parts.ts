/** A hyperparameter's value; numbers must be finite. */
export type HParam = string | number | boolean;

/** Columns by which the HParams page compares runs. */
export interface Hyperparameters {
  /** Columns in which trainings are likely to differ, including the user's own: they are shown at first. */
  compared: Record<string, HParam>;
  others: Record<string, HParam>;
}

/** A box of the Graphs page. */
export interface GraphNode {
  /** Unique; parts before a `/` are boxes that open. */
  name: string;
  /** Name of its operation, e.g. `Conv2D`. */
  op: string;
  /** Names of the nodes that feed it, in order; `name:1` is the second output of `name`. */
  inputs: readonly string[];
  /** Shape of each output, batch axis included; null is open. Labels the arrows. */
  shapes: readonly (readonly (number | null)[])[];
  /** Shown when the node is selected. */
  attributes?: Readonly<Record<string, string>>;
}
