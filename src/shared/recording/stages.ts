/** The parts of a captured epoch that may each fail alone, with the option that leaves them out. */
const OPTIONS = {
  predictions: 'probe.output: null reads none',
  epoch: 'later epochs are captured again when there is room',
  evaluation: 'without the option evaluation the probe is used',
  activations: "activations: 'none' stores none",
  measures: 'the option layers can leave the layer out',
  weights: 'weights: false stores none',
  table: null,
  picture: 'tensorboard: {capacity: [], featureMaps: 0} draws only the confusion matrix',
  tensorboard: 'tensorboard: false writes none',
} as const;

export type Stage = keyof typeof OPTIONS;

/** A part of an epoch that failed; all other parts are kept. Plain data: it crosses threads, and manifests keep it. */
export interface StageFailure {
  stage: Stage;
  /** Subject of the stage, e.g. a layer or a table; null if there is only one. */
  of: string | null;
  /** Description of the failure, e.g. `the weights could not be stored`. */
  what: string;
  /** Why, one sentence, with the path where there is one. */
  reason: string;
}

/** Runs the parts of one epoch; one that throws is noted, and the others go on. */
export class Stages {
  readonly failures: StageFailure[];

  /** @param earlier - Failures of the same epoch that are known already. */
  constructor(earlier: readonly StageFailure[] = []) {
    this.failures = [...earlier];
  }

  /** @returns What `work` gives; undefined where it failed. */
  async run<T>(failing: Omit<StageFailure, 'reason'>, work: () => T | Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      this.failures.push({...failing, reason: reasonOf(error)});
      return undefined;
    }
  }
}

/** One sentence about an error. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const line = message.replace(/\s*\n\s*/g, ' ').trim();
  return /[.!?]$/.test(line) ? line : `${line}.`;
}

/**
 * Returns one line for each stage with failures that have not been reported yet, the others of the stage counted.
 *
 * @param reported - Failures of the run that have been reported; the new ones are added.
 */
export function newFailureLines(failures: readonly StageFailure[], reported: Set<string>): string[] {
  const news = failures.filter(failure => !reported.has(keyOf(failure)));
  for (const failure of news) reported.add(keyOf(failure));
  return [...new Set(news.map(({stage}) => stage))].map(stage => {
    const [first, ...others] = news.filter(failure => failure.stage === stage) as [StageFailure];
    const more = others.length > 0 ? ` The same goes for ${others.length} more.` : '';
    const option = OPTIONS[stage];
    return `${first.what}: ${first.reason}${more} All else is kept${option ? `; ${option}` : ''}.`;
  });
}

function keyOf({stage, of}: StageFailure): string {
  return `${stage} ${of ?? ''}`;
}
