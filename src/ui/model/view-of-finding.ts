import type {Finding} from '../../shared/index.js';
import type {ViewState} from './view-state.js';

/** Returns the view of a finding: the tab, and in it the layer, channel, pair, class and epoch. */
export function viewOfFinding(finding: Finding): Partial<ViewState> {
  const {kind, layer, channels, pairs, classes, epoch} = finding;
  const clock = epoch === undefined ? {} : {epoch};
  switch (kind) {
    case 'dead-channels':
    case 'near-dead-channels':
      return {tab: 'channels', layer: layer ?? null, channel: channels?.[0] ?? null, ...clock};
    case 'saturated-layer':
      return {tab: 'channels', layer: layer ?? null, channel: null, ...clock};
    case 'redundant-channels': {
      const [from, other] = pairs?.[0] ?? [];
      const pair = from === undefined || other === undefined ? null : {from, to: other};
      const pins = (pairs ?? []).slice(1, 4).map(([a, b]) => ({from: a, to: b}));
      return {tab: 'layers', from: layer ?? null, to: layer ?? null, pair, pins, ...clock};
    }
    case 'diverged':
      return {
        tab: layer === undefined ? 'performance' : 'channels',
        layer: layer ?? null,
        channel: null,
        ...clock,
      };
    case 'damaged':
    case 'incomplete':
    case 'never-predicted':
    case 'late-predicted':
    case 'stable-label-entropy':
      return {tab: 'performance', focusClass: classes?.[0] ?? null, ...clock};
  }
}
