import type {DiskNeeds} from '../shared/recording/recorder.js';
import {readdir, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {byteSize} from '../shared/byte-size.js';
import {freeBytes} from './free-bytes.js';
import type {StageFailure} from '../shared/recording/stages.js';

/** The parts of the next epoch that fit; a part that does not fit excludes those after it. */
export interface Room {
  parts: 'all' | 'without-activations' | 'without-measures' | 'none';
  /** The missing parts, and why; null if none. */
  failure: StageFailure | null;
}

const MISSING = {
  'without-activations': 'the activations are not stored',
  'without-measures': 'the activations are neither stored nor measured',
  none: 'nothing is captured',
} as const;

/** Of most disks. */
const BLOCK_BYTES = 4096;

/** Looks, before each epoch, whether the disk and the budget have room for it: a full disk would cost others more. */
export class EpochRoom {
  readonly #dir: string;
  readonly #needs: DiskNeeds;
  /** Bytes of the run so far. */
  #used: number;

  private constructor(dir: string, needs: DiskNeeds, used: number) {
    this.#dir = dir;
    this.#needs = needs;
    this.#used = used;
  }

  /** @param dir - The run folder, with what the run has taken so far. */
  static async open(dir: string, needs: DiskNeeds): Promise<EpochRoom> {
    return new EpochRoom(dir, needs, await bytesIn(dir));
  }

  /** @param waiting - Bytes that the activations take on disk until they are measured. */
  async next(waiting: number): Promise<Room> {
    const {epoch, lean, files, budget} = this.#needs;
    const blocks = files * BLOCK_BYTES;
    const free = (await freeBytes(this.#dir)) ?? Infinity;
    const left = budget - this.#used;
    const wants = `the epoch takes ${byteSize(waiting + epoch + blocks)} of disk`;
    const short = (parts: keyof typeof MISSING): Room => {
      const reason = `${wants}, and ${byteSize(free)} are free.`;
      return {
        parts,
        failure: {stage: parts === 'none' ? 'epoch' : 'activations', of: null, what: MISSING[parts], reason},
      };
    };
    if (free < lean + blocks) return short('none');
    if (free < waiting + lean + blocks) return short('without-measures');
    if (free < waiting + epoch + blocks) return short('without-activations');
    if (left >= epoch || epoch === lean) return {parts: 'all', failure: null};
    const reason = `the epoch takes ${byteSize(epoch)} of disk, and ${byteSize(Math.max(0, left))} are left of budget.disk.`;
    const what = MISSING['without-activations'];
    return {parts: 'without-activations', failure: {stage: 'activations', of: null, what, reason}};
  }

  /** An epoch was written. */
  took(parts: Room['parts']): void {
    this.#used += parts === 'all' ? this.#needs.epoch : this.#needs.lean;
  }
}

async function bytesIn(dir: string): Promise<number> {
  const names = await readdir(dir, {recursive: true});
  let bytes = 0;
  for (const name of names) {
    const file = await stat(join(dir, name)).catch(() => null); // another process may have removed it
    if (file?.isFile()) bytes += file.size;
  }
  return bytes;
}
