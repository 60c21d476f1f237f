/** What stands for AVA in files that share a process: it notes what they declare, and `run-together` declares it. */
export interface Declaration {
  /** The file that declared it. */
  file: string;
  /** How it was called: `['serial', 'skip']` for `test.serial.skip(…)`. */
  chain: string[];
  args: unknown[];
}

export const declarations: Declaration[] = [];

let current = '';

/** From now on, what is declared is of `file`. */
export function declaresFor(file: string): void {
  current = file;
}

function link(chain: string[]): unknown {
  return new Proxy(() => undefined, {
    get: (_, name) => link([...chain, String(name)]),
    apply: (_, __, args: unknown[]) => void declarations.push({file: current, chain, args}),
  });
}

export default link([]);
