import {isNull, type Column, type Table} from '../../shared/index.js';
import type {AnswerParts} from '../../measures/answer/answer-parts.js';

/**
 * Adds the fact `n`: the samples that each value rests on, as the rows say it. Whatever the measure, it is of the slice
 * asked for, and never of the whole probe.
 *
 * A number where all rows have the same, `least..most` where they differ; of feature maps, which have a sample each, how
 * many samples there are. Null where no row says it.
 */
export function withSamples(answer: AnswerParts): AnswerParts {
  const count = new SampleCount();
  return {
    ...answer,
    parts: counted(answer.parts, count),
    facts: () => ({...answer.facts(), n: count.fact}),
  };
}

async function* counted(parts: AsyncIterable<Table>, count: SampleCount): AsyncGenerator<Table> {
  for await (const part of parts) {
    count.add(part);
    yield part;
  }
}

class SampleCount {
  #least = Infinity;
  #most = -Infinity;
  readonly #samples = new Set<number>();

  add({rows, columns}: Table): void {
    const {n, sample}: Record<string, Column | undefined> = columns;
    if (n?.type === 'int32') {
      for (let row = 0; row < rows; row++) {
        if (isNull(n, row)) continue;
        const value = n.values[row] as number;
        if (value < this.#least) this.#least = value;
        if (value > this.#most) this.#most = value;
      }
    } else if (sample?.type === 'int32') {
      for (const value of sample.values) this.#samples.add(value);
    }
  }

  get fact(): number | string | null {
    if (this.#samples.size > 0) return this.#samples.size;
    if (this.#most < this.#least) return null;
    return this.#least === this.#most ? this.#most : `${this.#least}..${this.#most}`;
  }
}
