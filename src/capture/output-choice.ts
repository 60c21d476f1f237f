import type {Classifier} from './classifier.js';
import type {NetworkOutput, OutputUnits} from './output-units.js';

/** Properties of the labels, before there is a model. */
export interface LabelClasses {
  /** Classes that they have; 0 without labels. */
  classes: number;
  /** True if one-hot rows or class names define the number; indices alone may leave out the last ones. */
  declared: boolean;
}

/** Which output the labels are compared with, and why. */
export interface OutputChoice {
  /** Null where there is no confusion matrix. */
  classifier: Classifier | null;
  /** The output's name; null where the labels belong to none. */
  name: string | null;
  chosenBy: 'option' | 'shape';
  /** A sentence's end, for messages: why this output, or why none. */
  why: string;
  /** A hint for the user, who can resolve it with `probe.output`; null if nothing is ambiguous. */
  warning: string | null;
}

/** Candidate outputs for the labels. */
export interface NetworkOutputs {
  outputs: readonly NetworkOutput[];
  /** Which is meant where several fit equally. */
  preferred: 'first' | 'last';
}

interface Candidate extends Classifier, NetworkOutput {}

/**
 * Finds the output that the labels belong to. One of as many classes as the labels is preferred to a wider one, a
 * softmax or sigmoid to units without an activation. Numbers (of a regression, a box) and units of which several may be
 * right are never taken for classes, unless `asked` names them.
 *
 * @param asked - The option `probe.output`: name or position of an output, null for none, undefined to find it.
 * @throws {RangeError} if there is no such output.
 */
export function chooseOutput(
  {outputs, preferred}: NetworkOutputs,
  labels: LabelClasses,
  asked?: string | number | null,
): OutputChoice {
  const candidates = outputs.map((given, output) => {
    const width = given.shape.at(-1) ?? 0;
    const classes = isOfTwo(given.units) ? 2 : width;
    return {...given, output, width, classes};
  });
  if (labels.classes === 0) return none('shape', 'the probe has no labels', null);
  if (asked === null)
    return none('option', 'probe.output is null, so the labels only say which samples belong together', null);
  if (asked !== undefined) return asAsked(candidates, labels, asked);
  return found(candidates, labels, preferred);
}

function asAsked(candidates: Candidate[], labels: LabelClasses, asked: string | number): OutputChoice {
  const named = candidates.filter(({name, output}) => name === asked || output === asked);
  const [candidate] = named;
  if (!candidate || named.length > 1) {
    const list = candidates.map(({name, output}) => `${output} "${name}"`).join(', ');
    const problem = candidate
      ? `several outputs are called "${asked}"`
      : `the model has no output ${show(asked)}`;
    throw new RangeError(`options.probe.output: ${problem}; its outputs are ${list}.`);
  }
  const fits = candidate.units !== 'maps' && candidate.classes >= Math.max(2, labels.classes);
  if (!fits) {
    const why = `${counted(labels)}, but ${described(candidate)}${oneBased(labels, [candidate])}`;
    return none('option', why, why);
  }
  return {...taken(candidate), chosenBy: 'option', why: 'probe.output names it', warning: null};
}

function found(
  candidates: Candidate[],
  labels: LabelClasses,
  preferred: NetworkOutputs['preferred'],
): OutputChoice {
  const rated = candidates.map(candidate => ({candidate, rate: rateOf(candidate, labels)}));
  const best = Math.max(...rated.map(({rate}) => rate));
  const equals = rated.filter(({rate}) => rate === best).map(({candidate}) => candidate);
  const candidate = equals.at(preferred === 'first' ? 0 : -1);
  if (!candidate || best === 0) {
    const why = `${counted(labels)}, which no output names: ${candidates.map(described).join(', ')}${oneBased(labels, candidates)}`;
    const meant = candidates.some(
      ({units, classes}) =>
        !['maps', 'numbers'].includes(units) && (units !== 'unexplained' || classes === labels.classes),
    );
    return none('shape', why, meant ? why : null);
  }
  const why =
    candidate.units === 'two-classes'
      ? 'its sigmoid unit tells two classes apart'
      : candidate.units === 'probability'
        ? 'its one value, from 0 to 1, tells two classes apart'
        : candidate.classes === labels.classes
          ? `it has a unit for each of the ${labels.classes} classes of the labels`
          : `the labels name ${labels.classes} of its ${candidate.classes} classes`;
  const others = equals.filter(equal => equal !== candidate).map(({name}) => `"${name}"`);
  const warning =
    others.length > 0
      ? `the labels may belong to output "${candidate.name}" or to ${others.join(', ')}; the ${preferred} is taken`
      : candidate.units === 'scores'
        ? `the ${candidate.width} units of output "${candidate.name}" are taken for scores of the classes, which neither an activation nor a loss says`
        : isGuess(candidate) && candidate !== candidates.at(-1)
          ? `output "${candidate.name}" is taken for what names the classes, but is not the last tensor`
          : candidate.classes > labels.classes
            ? `output "${candidate.name}" is taken: ${why}`
            : null;
  return {...taken(candidate), chosenBy: 'shape', why, warning};
}

/** How well an output fits the labels; 0 if not at all. */
function rateOf(candidate: Candidate, labels: LabelClasses): number {
  const {units, classes} = candidate;
  const named = units === 'classes' || units === 'two-classes';
  const exact = classes === labels.classes || (isOfTwo(units) && labels.classes === 1);
  if (exact) return named ? 3 : units === 'scores' || isGuess(candidate) ? 2 : 0;
  // A probe may lack the last classes, but not most of them: labels of two classes are not those of ten units.
  const majority = classes > labels.classes && 2 * labels.classes > classes;
  return units === 'classes' && majority && !labels.declared ? 1 : 0;
}

/** True if only their number, or their values, suggests units. */
function isGuess({units}: Candidate): boolean {
  return units === 'unknown' || units === 'probability';
}

/** True if one unit stands for both of two classes. */
function isOfTwo(units: OutputUnits): boolean {
  return units === 'two-classes' || units === 'probability';
}

function taken({output, width, classes, name}: Candidate): Pick<OutputChoice, 'classifier' | 'name'> {
  return {classifier: {output, width, classes}, name};
}

function none(chosenBy: OutputChoice['chosenBy'], why: string, warning: string | null): OutputChoice {
  return {
    classifier: null,
    name: null,
    chosenBy,
    why,
    warning: warning && `${warning}; there is no confusion matrix`,
  };
}

function described({name, units, width, shape}: Candidate): string {
  const what: Record<OutputUnits, string> = {
    classes: `has ${width}`,
    'two-classes': 'has 2 (one sigmoid unit)',
    labels: `has ${width} sigmoid units, of which several may be right`,
    probability: 'has 2 (one value from 0 to 1)',
    scores: `has ${width} units without an activation`,
    unknown: `has ${width} units`,
    unexplained: `has ${width} units without an activation, trained by a custom loss`,
    numbers: width === 1 ? 'gives a number' : `gives ${width} numbers`,
    maps: `has the shape [${shape.map(extent => extent ?? '?').join(', ')}]`,
  };
  return `"${name}" ${what[units]}`;
}

/** How many classes there are, and what says so: class names may tell of more than the labels have. */
function counted({classes, declared}: LabelClasses): string {
  const count = `${classes} ${classes === 1 ? 'class' : 'classes'}`;
  return declared ? `the labels or class names tell of ${count}` : `the labels have ${count}`;
}

/** Labels from 1 speak of one class more than there are. */
function oneBased({classes, declared}: LabelClasses, candidates: readonly Candidate[]): string {
  const oneMore = candidates.some(
    candidate => candidate.units !== 'numbers' && candidate.classes === classes - 1,
  );
  return oneMore && !declared ? ' (class indices count from 0)' : '';
}

function show(asked: string | number): string {
  return typeof asked === 'string' ? `"${asked}"` : String(asked);
}
