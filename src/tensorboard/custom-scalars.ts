import protobuf from 'protobufjs';
import type {SummaryValue} from './event-proto.js';
import {stringTensor} from './summary-value.js';

/** As in TensorBoard's `custom_scalar/layout.proto`; charts with margins are left out. */
const source = `
  syntax = "proto3";

  message Layout {
    repeated Category category = 2;
  }

  message Category {
    string title = 1;
    repeated Chart chart = 2;
    bool closed = 3;
  }

  message Chart {
    string title = 1;
    MultilineChartContent multiline = 2;
  }

  message MultilineChartContent {
    repeated string tag = 1;  // regular expressions, anchored at their beginning only
  }
`;

/** The one tag that TensorBoard looks for. */
export const LAYOUT_TAG = 'custom_scalars__config__';

/** A category of the Custom Scalars page, in order from top to bottom. */
export interface LayoutCategory {
  title: string;
  charts: readonly LayoutChart[];
}

/** Several scalars in one chart, a line for each tag and run. */
export interface LayoutChart {
  title: string;
  /**
   * Regular expressions in Python's syntax for the tags to draw. TensorBoard anchors them at the beginning alone: end
   * each with `$`, or `loss` draws `loss_of_the_other` too. A tag that holds a `(` is matched, but not drawn.
   */
  tags: readonly string[];
}

const layoutType = protobuf.parse(source).root.lookupType('Layout');

export function encodeLayout(categories: readonly LayoutCategory[]): Uint8Array {
  const category = categories.map(({title, charts}) => ({
    title,
    chart: charts.map(chart => ({title: chart.title, multiline: {tag: chart.tags}})),
  }));
  return layoutType.encode(layoutType.fromObject({category})).finish();
}

/** The layout as the `custom_scalars` plugin wants it: one string of shape []. */
export function layoutValue(categories: readonly LayoutCategory[]): SummaryValue {
  return {
    tag: LAYOUT_TAG,
    tensor: stringTensor([encodeLayout(categories)], []),
    metadata: {pluginData: {pluginName: 'custom_scalars'}, dataClass: 'DATA_CLASS_TENSOR'},
  };
}
