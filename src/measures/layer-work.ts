import type {TableName, TableRows} from '../shared/index.js';
import type {Compute, Job} from './answer/compute.js';
import type {MeasuredLayer} from './capture/measured-layer.js';
import type {SampleGroup} from './capture/sample-groups.js';
import type {FlatSamples} from './slice/layer-maps.js';

/** What a measure says of one set of samples of a layer. */
export type LayerValues<T extends TableName> = Omit<TableRows[T], 'epoch' | 'layer' | 'class'>;

/** The two places in which a measure of whole layers is computed; both give the same numbers. */
export interface LayerWork<T extends TableName> {
  /** Its folder in `src/measures`. */
  id: string;
  /** The table that is its own. */
  table: T;
  /** At capture, of some samples of a layer. May throw: then the measure has failed there, and no other. */
  captured: (measured: MeasuredLayer, group: SampleGroup) => LayerValues<T>;
  /** When a query asks for samples or channels that were not captured, outside the caller's thread. */
  computed: (compute: Compute, samples: FlatSamples, job: Job) => Promise<LayerValues<T>>;
}
