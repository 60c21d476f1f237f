import type {InputValues, LabelledSet} from './labelled-set.js';

/** An input of the model. */
export interface ModelInput {
  name: string;
  /** Shape of one sample; null for an open extent. */
  shape: (number | null)[];
}

/**
 * Checks that a set of samples is what a model takes.
 *
 * @throws {RangeError} naming the input, both shapes and, if possible, the fix.
 */
export function assertFits({what, inputs}: LabelledSet, wanted: readonly ModelInput[]): void {
  const option = `options.${what}.xs`;
  if (inputs.length !== wanted.length) {
    const names = wanted.map(({name}) => name).join(', ');
    const [count, advised] =
      wanted.length === 1
        ? ['1 input', 'it alone, without a list']
        : [`${wanted.length} inputs`, `a list, in this order: xs: [${names}]`];
    throw new RangeError(
      `${option}: the model has ${count} (${names}), got ${inputs.length}; pass ${advised}.`,
    );
  }
  wanted.forEach((input, i) => {
    const received = inputs[i] as InputValues;
    if (fits(input, received)) return;
    const place = wanted.length > 1 ? `${option}[${i}]` : option;
    const got = received.shape
      ? `[N${received.shape.map(extent => `, ${extent}`).join('')}]`
      : `${received.size} values a sample`;
    throw new RangeError(
      `${place}: input "${input.name}" of the model has shape [${axes(input).join(', ')}], got ${got}${advice(input, received)}.`,
    );
  });
}

function fits({shape}: ModelInput, {shape: received, size}: InputValues): boolean {
  if (!received) return valuesOf(shape) === size;
  return (
    received.length === shape.length &&
    shape.every((extent, axis) => extent === null || extent === received[axis])
  );
}

/** Describes how to convert the received inputs to the expected shape; empty if only the user can tell. */
function advice(input: ModelInput, {shape: received, size}: InputValues): string {
  const {shape} = input;
  if (!received && valuesOf(shape) === null) return '; pass a tensor, whose shape gives the open extents';
  if (!received || valuesOf(shape) !== size) return '';
  const sorted = (extents: readonly (number | null)[]) => [...extents].map(String).sort().join();
  if (received.length === shape.length && sorted(received) === sorted(shape)) {
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
