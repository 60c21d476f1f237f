import {byteSize} from '../shared/byte-size.js';
import type {CapturePlan, Demand} from './capture-plan.js';
import type {Free} from './host.js';

/** Disk space above which a run causes a warning. */
const NOTABLE_BYTES = 1e9;

/** Costs of a run. */
export interface Cost {
  line: string;
  /** It is a warning: much, cut to the budget, or more than is free. */
  notable: boolean;
}

/** One line about what a run is going to take, and the option that halves it. */
export function costOf(plan: CapturePlan, {samples, options, captures}: Demand, free: Free): Cost {
  const needed = plan.runBytes + plan.waitingBytes;
  const shortOfDisk = free.disk !== null && free.disk < needed;
  const shortOfMemory = free.memory !== null && free.memory < plan.memoryBytes;
  const reduced = plan.runBytes < plan.wantedRunBytes;
  const epochs = captures === null ? `${plan.captures} epochs, say` : `${plan.captures} epochs`;
  const parts = [
    `an epoch takes ${byteSize(plan.epochBytes)} of disk, the run (${epochs}) ${byteSize(plan.runBytes)}`,
  ];
  if (plan.waitingBytes > 0) parts.push(`${byteSize(plan.waitingBytes)} more while an epoch is measured`);
  parts.push(`up to ${byteSize(plan.memoryBytes)} of memory`);
  if (reduced)
    parts.push(
      `${reduction(plan, samples)}, as budget.disk is less than the ${byteSize(plan.wantedRunBytes)} of all`,
    );
  if (plan.leftOut.length > 0) {
    const names = plan.leftOut.map(({name}) => name).join(', ');
    parts.push(`left out for budget.memory: ${names}`);
  }
  if (plan.batchSize < options.batchSize) parts.push(`${plan.batchSize} samples a forward pass`);
  if (shortOfDisk) parts.push(`only ${byteSize(free.disk ?? 0)} of disk are free`);
  if (shortOfMemory)
    parts.push(`only ${byteSize(free.memory ?? 0)} of memory are free, a smaller budget.memory takes less`);
  if (!reduced) parts.push(halving(plan, samples));
  return {
    line: `${parts.join('; ')}.`,
    notable: shortOfDisk || shortOfMemory || reduced || plan.leftOut.length > 0 || needed >= NOTABLE_BYTES,
  };
}

function reduction({activations, dtype}: CapturePlan, samples: number): string {
  if (activations === 'none') return 'no activations are stored';
  const count = typeof activations === 'object' ? activations.samples : samples;
  return `activations of ${count === samples ? 'all' : `${count} of`} ${samples} samples are stored as ${dtype}`;
}

/** The option that halves the disk. */
function halving({activations, dtype}: CapturePlan, samples: number): string {
  if (activations === 'none') return 'everyEpochs: 2 halves it';
  if (dtype === 'float32') return "dtype: 'float16' halves it";
  const count = typeof activations === 'object' ? activations.samples : samples;
  return `activations: {samples: ${Math.ceil(count / 2)}} halves it`;
}
