/** Bytes for people: three digits. */
export function byteSize(bytes: number): string {
  const rounded = Number(bytes.toPrecision(3)); // first, so that 999,999 is 1 MB
  const [unit, name] = rounded >= 1e9 ? [1e9, 'GB'] : rounded >= 1e6 ? [1e6, 'MB'] : [1e3, 'kB'];
  return `${Number((rounded / unit).toPrecision(3))} ${name}`;
}
