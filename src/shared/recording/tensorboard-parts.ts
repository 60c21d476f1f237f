/** A hyperparameter's value; numbers must be finite. */
export type HParam = string | number | boolean;

/** What the HParams page compares runs by. */
export interface Hyperparameters {
  /** What trainings are likely to differ in, the user's own among them: the columns that are shown at first. */
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
