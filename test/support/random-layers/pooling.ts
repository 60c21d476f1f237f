import * as tf from '@tensorflow/tfjs';
import {unpool, type Pooling} from './input-gradients.js';
import {anyWindows, inFormat, one, type DataFormat, type Kind} from './kind.js';

const {layers} = tf;
type Make = (args: object) => tf.layers.Layer;

function pooling(axes: 1 | 2 | 3, of: Pooling['of'], make: Make): Kind {
  return draw => {
    const longest = [24, 12, 6][axes - 1] as number;
    const windows = anyWindows(draw, axes, {longest, largest: axes === 3 ? 3 : 4, stride: 3});
    const dataFormat =
      axes === 1 ? 'channelsLast' : draw.pick<DataFormat>(['channelsFirst', 'channelsLast', 'channelsLast']);
    const only = (values: number[]) => (axes === 1 ? values[0] : values);
    const config = {
      poolSize: only(windows.size),
      strides: only(windows.strides),
      padding: windows.padding,
      ...(axes === 1 ? {} : {dataFormat}),
    };
    return {
      shape: inFormat(dataFormat, windows.extents, draw.int(1, 9)),
      apply: one(() => make(config)),
      ties: true,
      inputGradient: unpool({
        of,
        poolSize: windows.size,
        strides: windows.strides,
        padding: windows.padding,
        channelsFirst: dataFormat === 'channelsFirst',
      }),
    };
  };
}

function global(axes: 1 | 2, make: Make): Kind {
  return draw => {
    const extents = Array.from({length: axes}, () => draw.int(1, 9));
    const dataFormat = axes === 1 ? 'channelsLast' : draw.pick<DataFormat>(['channelsFirst', 'channelsLast']);
    return {
      shape: inFormat(dataFormat, extents, draw.int(1, 9)),
      apply: one(() => make(axes === 1 ? {} : {dataFormat})),
    };
  };
}

export const poolings: Record<string, Kind> = {
  maxPooling1d: pooling(1, 'max', layers.maxPooling1d),
  maxPooling2d: pooling(2, 'max', layers.maxPooling2d),
  maxPooling3d: pooling(3, 'max', layers.maxPooling3d),
  averagePooling1d: pooling(1, 'average', layers.averagePooling1d),
  averagePooling2d: pooling(2, 'average', layers.averagePooling2d),
  averagePooling3d: pooling(3, 'average', layers.averagePooling3d),
  globalMaxPooling1d: global(1, layers.globalMaxPooling1d),
  globalMaxPooling2d: global(2, layers.globalMaxPooling2d),
  globalAveragePooling1d: global(1, layers.globalAveragePooling1d),
  globalAveragePooling2d: global(2, layers.globalAveragePooling2d),
};
