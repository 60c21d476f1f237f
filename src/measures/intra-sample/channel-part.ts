import type {Part} from '../each-part.js';
import type {CapturedEntropies} from './captured-entropies.js';
import type {Histograms} from './histograms.js';

/** One layer at one epoch, and how its channels are measured. */
export interface ChannelPart extends Part {
  histograms: Histograms;
  written: CapturedEntropies;
}
