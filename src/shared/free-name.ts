/**
 * Returns a name that is not taken yet, and takes it.
 *
 * @param another - The next name to try, from the one that is taken and the number of tries so far; default
 *   `encoder_1`, `encoder_2`, …
 */
export function freeName(
  name: string,
  taken: Set<string>,
  another: (taken: string, tries: number) => string = (_, tries) => `${name}_${tries}`,
): string {
  let free = name;
  for (let tries = 1; taken.has(free); tries++) free = another(free, tries);
  taken.add(free);
  return free;
}
