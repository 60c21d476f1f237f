import type {ComponentType} from 'preact';
import type {ViewId} from '../model/views.js';
import type {ViewState} from '../model/view-state.js';
import {ChannelDrawer} from './channels/channel-drawer.js';
import {Channels} from './channels/channels.js';
import {Layers} from './layers/layers.js';
import {PairDrawer} from './layers/pair-drawer.js';
import {CellDrawer} from './performance/cell-drawer.js';
import {Performance} from './performance/performance.js';

/** What a view draws. */
export interface ViewParts {
  View: ComponentType;
  /** Shown beside the view while a field of the state is set; closing it sets the field to null. */
  drawer?: {Drawer: ComponentType; opens: keyof ViewState};
}

/** Every view's parts. */
export const viewParts: Readonly<Record<ViewId, ViewParts>> = {
  performance: {View: Performance, drawer: {Drawer: CellDrawer, opens: 'cell'}},
  layers: {View: Layers, drawer: {Drawer: PairDrawer, opens: 'pair'}},
  channels: {View: Channels, drawer: {Drawer: ChannelDrawer, opens: 'channel'}},
};
