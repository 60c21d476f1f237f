import {tableFromIPC, type Table} from '@uwdata/flechette';
import {get} from './client.js';

/** Map and projection of one channel for one probe sample. */
export interface Projection {
  sample: number;
  /** Deconvnet projection back to the input, flat, channels last; signed. */
  projection: Float32Array;
  /** The channel's feature map, flat. */
  map: Float32Array;
}

/** Projections of one channel, in the order of the samples asked for. */
export interface Projections {
  /** Extents of a projection: those of the input. */
  inputShape: number[];
  /** Extents of a feature map. */
  mapShape: number[];
  rows: Projection[];
}

export interface ProjectionQuery {
  layer: string;
  channel: number;
  epoch: number;
  samples: readonly number[];
}

/**
 * Deconvnet projections of one channel with its feature maps.
 *
 * @throws {RequestError} saying why, where this server or this run cannot project.
 */
export async function fetchProjections(
  run: string,
  {layer, channel, epoch, samples}: ProjectionQuery,
  signal: AbortSignal,
): Promise<Projections> {
  const query = new URLSearchParams({
    layer,
    channel: String(channel),
    epoch: String(epoch),
    sample: samples.join(','),
  });
  const path = `api/runs/${encodeURIComponent(run)}/projections?${query.toString()}`;
  return decodeProjections(new Uint8Array(await (await get(path, signal)).arrayBuffer()));
}

/**
 * Reads the Arrow IPC stream of `/projections`.
 *
 * @throws {Error} if a column is missing, or one of its lists has no `shape` in its metadata.
 */
export function decodeProjections(bytes: Uint8Array): Projections {
  const table = tableFromIPC(bytes);
  const [sample, projection, map] = ['sample', 'projection', 'map'].map(name => table.getChild(name));
  if (!sample || !projection || !map) {
    throw new Error(
      `decodeProjections: needs the columns sample, projection and map, got ${table.names.join(', ')}.`,
    );
  }
  return {
    inputShape: shapeOf(table, 'projection'),
    mapShape: shapeOf(table, 'map'),
    rows: Array.from({length: table.numRows}, (_, row) => ({
      sample: Number(sample.at(row)),
      projection: Float32Array.from(projection.at(row) as Iterable<number>),
      map: Float32Array.from(map.at(row) as Iterable<number>),
    })),
  };
}

function shapeOf(table: Table, name: string): number[] {
  const metadata = table.schema.fields.find(field => field.name === name)?.metadata;
  const text = metadata?.get('shape');
  if (text === undefined) throw new Error(`decodeProjections: the column ${name} does not say its shape.`);
  return JSON.parse(text) as number[];
}
