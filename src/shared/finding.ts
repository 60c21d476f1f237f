/** What a finding says; docs/findings.md defines each kind. */
export type FindingKind =
  | 'damaged'
  | 'incomplete'
  | 'diverged'
  | 'dead-channels'
  | 'near-dead-channels'
  | 'redundant-channels'
  | 'never-predicted'
  | 'late-predicted'
  | 'stable-label-entropy'
  | 'saturated-layer';

/** A finding about a run, with its evidence and confidence. */
export interface Finding {
  kind: FindingKind;
  /** One sentence, with numbers and units. */
  title: string;
  /** `attention` requires action, `note` is information. */
  level: 'attention' | 'note';
  layer?: string;
  /** Channels in question; of redundant pairs those that say less, so that of each group at least one is left. */
  channels?: number[];
  /** Channel pairs, the most alike first. */
  pairs?: [number, number][];
  /** Class indices. */
  classes?: number[];
  epoch?: number;
  /** The expression that shows it, in the notation. */
  evidence: string;
  /** Numbers that it is based on: n, pairs, bins, permutations, ... */
  basis: Record<string, number | string>;
  confidence: {grade: 'high' | 'moderate' | 'low'; why: string};
}
