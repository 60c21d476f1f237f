import type {ExecutionContext} from 'ava';

/** What is said on the console while `work` runs; only for tests that run one at a time. */
export async function warnings(t: ExecutionContext, work: () => Promise<unknown>): Promise<string[]> {
  const said: string[] = [];
  const original = console.warn;
  console.warn = (line: unknown) => void said.push(String(line));
  t.teardown(() => (console.warn = original));
  await work();
  console.warn = original;
  return said;
}
