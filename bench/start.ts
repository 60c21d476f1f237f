import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import {median} from './median.js';
import type {BenchResult} from './result.js';

/** Node finds these by the package's own names, as the bench is a part of it. */
const callback = "await import('cnnslicer')";
const recorder = "await import('#src/recorder/run-recorder.js')";

/**
 * Milliseconds that `import 'cnnslicer'` takes in a new process, beside the same with what the recorder loads in its
 * thread (Arrow, Parquet, Protocol Buffers). Node's own start is not counted.
 */
export async function benchStart({smoke = false} = {}): Promise<BenchResult[]> {
  const runs = smoke ? 1 : 9;
  const [alone, together]: [number[], number[]] = [[], []];
  for (let run = 0; run < runs; run++) {
    alone.push(await millisecondsOf(callback));
    together.push(await millisecondsOf(`${callback}; ${recorder}`));
  }
  const [value, peer] = [median(alone), median(together)];
  return [
    {
      name: "import 'cnnslicer'",
      unit: 'ms',
      value,
      peer: {name: 'and its recorder', value: peer},
      ratio: peer / value,
      runs,
    },
  ];
}

async function millisecondsOf(imports: string): Promise<number> {
  const script = `const start = performance.now(); ${imports}; console.log(performance.now() - start)`;
  const {stdout} = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  return Number(stdout);
}
