/** Entry checks of public functions. Every message names the caller, the rule and what arrived. */

/** @throws {RangeError} if `value` is not an integer >= 1. */
export function assertPositiveInteger(caller: string, name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) {
    throw new RangeError(`${caller}: ${name} must be an integer >= 1, got ${value}.`);
  }
}

/** @throws {RangeError} if `array` does not have exactly `length` elements. */
export function assertLength(caller: string, name: string, array: {length: number}, length: number): void {
  if (array.length !== length) {
    throw new RangeError(`${caller}: ${name} must have ${length} elements, got ${array.length}.`);
  }
}

/** @throws {RangeError} if [lo, hi] is not a finite interval with lo <= hi. */
export function assertInterval(caller: string, name: string, lo: number, hi: number): void {
  if (!Number.isFinite(lo) || !Number.isFinite(hi) || lo > hi) {
    throw new RangeError(`${caller}: ${name} must be a finite [lo, hi] with lo <= hi, got [${lo}, ${hi}].`);
  }
}
