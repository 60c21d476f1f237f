import type {InputValues, LabelledSet} from './labelled-set.js';

/** An input of the model. */
export interface ModelInput {
  name: string;
  /** Of one sample; null where the model leaves an extent open. */
  shape: (number | null)[];
}

/**
 * Checks that a set of samples is what a model takes.
 *
 * @throws {RangeError} naming the input, both shapes and, where it can be told, how to mend it.
 */
export function assertFits({what, inputs}: LabelledSet, wanted: readonly ModelInput[]): void {
  const option = `options.${what}.xs`;
  if (inputs.length !== wanted.length) {
    const names = wanted.map(({name}) => name).join(', ');
    const [count, mend] =
      wanted.length === 1
        ? ['1 input', 'it alone, without a list']
        : [`${wanted.length} inputs`, `a list, in this order: xs: [${names}]`];
    throw new RangeError(`${option}: the model has ${count} (${names}), got ${inputs.length}; pass ${mend}.`);
  }
  wanted.forEach((input, i) => {
    const came = inputs[i] as InputValues;
    if (fits(input, came)) return;
    const place = wanted.length > 1 ? `${option}[${i}]` : option;
    const got = came.shape
      ? `[N${came.shape.map(extent => `, ${extent}`).join('')}]`
      : `${came.size} values a sample`;
    throw new RangeError(
      `${place}: input "${input.name}" of the model has shape [${axes(input).join(', ')}], got ${got}${advice(input, came)}.`,
    );
  });
}

function fits({shape}: ModelInput, {shape: came, size}: InputValues): boolean {
  if (!came) return valuesOf(shape) === size;
  return (
    came.length === shape.length && shape.every((extent, axis) => extent === null || extent === came[axis])
  );
}

/** How what came may be made to fit; nothing where only the user can know. */
function advice(input: ModelInput, {shape: came, size}: InputValues): string {
  const {shape} = input;
  if (!came && valuesOf(shape) === null) return '; pass a tensor, whose shape tells the open extents';
  if (!came || valuesOf(shape) !== size) return '';
  const sorted = (extents: readonly (number | null)[]) => [...extents].sort().join();
  if (came.length === shape.length && sorted(came) === sorted(shape)) {
    return '; the axes are in another order: use xs.transpose([…])';
  }
  return `; the values fit after xs.reshape([-1, ${shape.join(', ')}])`;
}

/** Values of one sample; null where the shape does not tell. */
function valuesOf(shape: readonly (number | null)[]): number | null {
  return shape.reduce<number | null>(
    (product, extent) => (product === null || extent === null ? null : product * extent),
    1,
  );
}

function axes({shape}: ModelInput): (string | number)[] {
  return ['N', ...shape.map(extent => extent ?? '?')];
}
