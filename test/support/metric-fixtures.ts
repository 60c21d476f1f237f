import {readFileSync} from 'node:fs';
import {join} from 'node:path';

const folder = 'test/fixtures/metrics';

/** An array beside the cases: raw little-endian numbers. */
export interface FixtureArray {
  file: string;
  dtype: 'float32' | 'uint8';
  shape: number[];
}

/** What every case of every measure has; its README says how they were made. */
export interface FixtureCase {
  name: string;
  /** Absolute tolerance of each expected number. */
  tol: number;
}

/** The cases of one measure; the strings that stand for NaN and the infinities are turned back into numbers. */
export function fixtureCases<Case extends FixtureCase>(measure: string): Case[] {
  const text = readFileSync(join(folder, `${measure}.json`), 'utf8');
  const nonFinite = new Set<unknown>(['NaN', 'Infinity', '-Infinity']);
  const parsed: unknown = JSON.parse(text, (_key, value: unknown) =>
    nonFinite.has(value) ? Number(value) : value,
  );
  return (parsed as {cases: Case[]}).cases;
}

/** The numbers of a fixture array, as float32. */
export function fixtureValues({file, dtype}: FixtureArray): Float32Array {
  const bytes = readFileSync(join(folder, file));
  if (dtype === 'uint8') return Float32Array.from(bytes);
  return Float32Array.from({length: bytes.length / 4}, (_, i) => bytes.readFloatLE(4 * i));
}
