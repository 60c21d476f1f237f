import {format} from 'oxfmt';
import type {BenchRecord} from './record.js';
import type {BenchResult} from './result.js';

/** Where the page is, from the root of the repository. */
export const PAGE = 'docs/benchmarks.md';

const INTRODUCTION = `# Benchmarks

Each table is from one run of one bench, which measures our code and a named peer side by side, taking turns. **Ratio** is the
peer's median divided by ours: above 1, ours is faster or smaller. Times are of the machine named above the table; ratios travel
better. A run on a machine that had other work is marked: its medians are too high, its ratios uncertain.

This page is made by \`npm run bench -- --publish\` from the results in \`bench/published\`; with \`--only\`, it runs only those
benches and keeps the results of the others. \`npm run bench\` alone prints the table on your machine.
`;

/** What each bench is about; the order of the page. */
const SECTIONS: Record<string, string> = {
  peers: 'The heavy measures beside Python, C and JavaScript',
  metrics: 'The plain measures beside the obvious code',
  capture: 'What the callback costs a training',
  'capture-native': 'What it costs on the native backend',
  'capture-large': 'A capture that does not fit into memory',
  wasm: 'Training kernels on the wasm backend',
  deconvnet: 'Projections back to the input',
  store: 'The run folder',
  start: 'Loading the package',
  viewer: 'The viewer',
};

/** Formats committed results as a page of docs/. */
export async function benchmarksPage(records: readonly BenchRecord[]): Promise<string> {
  const known = Object.keys(SECTIONS);
  const inOrder = records.toSorted((a, b) => known.indexOf(a.bench) - known.indexOf(b.bench));
  const text = [INTRODUCTION, ...inOrder.map(section)].join('\n');
  const {code} = await format(PAGE, text);
  return code;
}

function section({bench, date, machine, load, versions, results}: BenchRecord): string {
  const {cpu, cores, node} = machine;
  const parts = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `## ${SECTIONS[bench] ?? bench}

\`npm run bench -- --only ${bench}\`, ${date.slice(0, 10)}, ${cores} x ${cpu}, Node ${node}; ${parts.join(', ')}. ${loadOf(load, cores)}

| what | median | compared with | its median | ratio | runs | note |
| --- | ---: | --- | ---: | ---: | ---: | --- |
${results.map(row).join('\n')}
`;
}

function loadOf(load: number | null, cores: number): string {
  if (load === null) return 'The load of the machine was not recorded.';
  return load > cores / 2 ? `**Busy machine**: load ${load.toFixed(1)} when it began.` : 'Quiet machine.';
}

function row({name, unit, value, peer, ratio, runs, note}: BenchResult): string {
  const cells = [
    name,
    `${shown(value)} ${unit}`,
    peer?.name ?? '',
    peer ? `${shown(peer.value)} ${unit}` : '',
    ratio?.toFixed(2) ?? '',
    String(runs),
    note ?? '',
  ];
  return `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** Four digits; never in powers of ten. */
function shown(value: number): string {
  return String(Number(value.toPrecision(4)));
}
