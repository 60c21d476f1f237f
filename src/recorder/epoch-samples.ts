import {valuesOf} from '../shared/layer-size.js';
import {randomBytes} from 'node:crypto';
import {closeSync, openSync, readSync, unlinkSync, writeSync} from 'node:fs';
import {join} from 'node:path';
import {samplesOf, type LayerSamples} from '../metrics/index.js';
import type {LayerInfo} from '../shared/index.js';
import {fileError} from '../store/file-error.js';
import {heldBytes, MEMORY_SHARES} from '../shared/recording/memory-costs.js';

/** The activations of one layer at one epoch. */
export interface CapturedLayer {
  layer: LayerInfo;
  maps: LayerSamples;
}

export interface SamplesPlace {
  /** Folder for what does not fit into memory. */
  dir: string;
  layers: readonly LayerInfo[];
  samples: number;
  /** Bytes of memory that a capture may take. */
  memory: number;
}

/** Samples of a layer that are read at once. */
export function samplesInBlock(layer: LayerInfo, samples: number, memory: number): number {
  const fitting = Math.floor((memory * MEMORY_SHARES.block) / (4 * valuesOf(layer)));
  return Math.min(samples, Math.max(1, fitting));
}

/** Bytes of an epoch that wait on disk; 0 where memory holds them. */
export function waitingBytes({layers, samples, memory}: Omit<SamplesPlace, 'dir'>): number {
  const sampleBytes = layers.reduce((sum, layer) => sum + 4 * valuesOf(layer), 0);
  return heldBytes({sampleBytes, samples}, memory) === 0 ? sampleBytes * samples : 0;
}

/**
 * The activations of one epoch, which come batch by batch with all layers and are measured layer by layer with all
 * samples. What is too much for memory waits in a file without a name, which is gone with the process.
 */
export class EpochSamples {
  /** Reason why a batch could not be kept. */
  failure: Error | null = null;
  readonly #place: SamplesPlace;
  /** Values by layer; null if they are in the file. */
  readonly #maps: Float32Array[] | null = null;
  /** Offset of each layer in the file, bytes. */
  readonly #offsets: number[] = [];
  #file: number | null = null;
  #buffer = new Float32Array();

  constructor(place: SamplesPlace) {
    this.#place = place;
    const {layers, samples} = place;
    let end = 0;
    for (const layer of layers) {
      this.#offsets.push(end);
      end += 4 * samples * valuesOf(layer);
    }
    if (waitingBytes(place) === 0) {
      this.#maps = layers.map(layer => new Float32Array(samples * valuesOf(layer)));
    }
  }

  /**
   * Adds some samples.
   *
   * @param maps - Of each layer, [count, pixels, channels].
   */
  add(start: number, maps: readonly Float32Array[]): void {
    if (this.failure !== null) return;
    try {
      for (const [i, values] of maps.entries()) this.#addTo(i, start, values);
    } catch (error) {
      this.failure = fileError('write', this.#place.dir, error);
      this.close();
    }
  }

  /** Readable until `close`. */
  layers(): CapturedLayer[] {
    const {layers, samples, memory} = this.#place;
    return layers.map((layer, i) => {
      const block = samplesInBlock(layer, samples, memory);
      const maps = this.#maps?.[i];
      if (maps) return {layer, maps: samplesOf(maps, samples, block)};
      const read = (start: number, count: number) => this.#read(i, start, count);
      const readFeatures = (first: number, count: number) => this.#readFeatures(i, first, count);
      return {layer, maps: {samples, block, read, readFeatures}};
    });
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }

  #addTo(i: number, start: number, values: Float32Array): void {
    const at = start * valuesOf(this.#place.layers[i] as LayerInfo);
    const maps = this.#maps?.[i];
    if (maps) maps.set(values, at);
    else {
      const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
      const position = (this.#offsets[i] as number) + 4 * at;
      for (let done = 0; done < bytes.length;) {
        done += writeSync(this.#opened(), bytes, done, bytes.length - done, position + done);
      }
    }
  }

  #read(i: number, start: number, count: number): Float32Array {
    const size = valuesOf(this.#place.layers[i] as LayerInfo);
    const values = this.#room(count * size);
    this.#fill(values, (this.#offsets[i] as number) + 4 * start * size);
    return values;
  }

  #readFeatures(i: number, first: number, count: number): Float32Array {
    const {layers, samples} = this.#place;
    const size = valuesOf(layers[i] as LayerInfo);
    const values = this.#room(samples * count);
    for (let sample = 0; sample < samples; sample++) {
      const position = (this.#offsets[i] as number) + 4 * (sample * size + first);
      this.#fill(values.subarray(sample * count, (sample + 1) * count), position);
    }
    return values;
  }

  #fill(values: Float32Array, position: number): void {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    for (let done = 0; done < bytes.length;) {
      const read = readSync(this.#opened(), bytes, done, bytes.length - done, position + done);
      if (read === 0) throw new Error('samples are read that were never taken');
      done += read;
    }
  }

  /** Room for what is read, used again for the next: a new array for each would wait for the garbage collector. */
  #room(values: number): Float32Array {
    if (this.#buffer.length < values) this.#buffer = new Float32Array(values);
    return this.#buffer.subarray(0, values);
  }

  #opened(): number {
    if (this.#file === null) {
      const path = join(this.#place.dir, `.samples.${process.pid}-${randomBytes(4).toString('hex')}.tmp`);
      this.#file = openSync(path, 'wx+');
      unlinkSync(path);
    }
    return this.#file;
  }
}
