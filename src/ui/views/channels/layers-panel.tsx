import {useMemo} from 'preact/hooks';
import {dotRowsDrawing, type DotRowsSpec} from '../../charts/dot-rows-spec.js';
import {DotRows} from '../../charts/dot-rows.js';
import {classColour, type Theme} from '../../charts/palette.js';
import {tip} from '../../charts/tooltip.js';
import type {LayerConsistency} from '../../model/class-comparison.js';
import {bits, className} from '../../model/format.js';
import {meanEntropyText} from '../../model/query-texts.js';
import {Panel} from '../../kit/panel.js';
import {theme} from '../../kit/theme.js';
import {consistency} from '../../state/channel-tables.js';
import {currentLayer} from '../../state/chosen-layers.js';
import {classes, layers} from '../../state/run-detail.js';
import {view} from '../../state/view-state.js';
import {classKey} from '../class-legend.js';
import * as styles from './layers-panel.module.css';

/** Shows how far apart the classes are in each layer, from the lowest to the deepest; a click selects the layer. */
export function LayersPanel() {
  const loaded = consistency.value.value;
  const names = classes.value;
  const look = theme.value;
  const focus = view.focusClass.value;
  const spec = useMemo(() => loaded && layersSpec(loaded.layers, look, focus), [loaded, look, focus]);
  const rowOf = (key: string) => loaded?.layers.find(row => row.layer === key);
  return (
    <Panel
      title="Classes in every layer"
      id="layer-consistency"
      class={styles.root}
      subtitle={
        loaded
          ? `epoch ${loaded.epoch} · dots: mean entropy of the channels, per class · bar: mean ± std over the classes · ${loaded.bins} bins, range of the ${loaded.range}`
          : ''
      }
      waitsFor={consistency}
      content={
        loaded && {
          name: 'class-consistency',
          table: () => ({
            columns: [
              'epoch',
              'layer',
              'class',
              'mean of channels, bits',
              'mean over classes',
              'std over classes',
            ],
            rows: loaded.layers.flatMap(row =>
              row.classes.map(value => [
                loaded.epoch,
                row.layer,
                className(names, value.class),
                value.bits,
                row.mean,
                row.std,
              ]),
            ),
          }),
          source: {queries: [meanEntropyText({class: 'each', epochs: [loaded.epoch]})]},
          measures: ['intra-sample-entropy'],
          facts: {
            layers: loaded.layers.map(({layer}) => layer),
            ...{epoch: loaded.epoch, bins: loaded.bins ?? null, unit: 'bits'},
          },
          keys: to => [classKey(to)],
          drawing: to => dotRowsDrawing(layersSpec(loaded.layers, to, focus), to, 720),
        }
      }
    >
      {spec && (
        <DotRows
          label="Layers by depth, the lowest first"
          spec={spec}
          selected={currentLayer.value?.name ?? null}
          describe={key => {
            const row = rowOf(key);
            return `mean ${bits(row?.mean ?? null)}, std over the classes ${bits(row?.std ?? null)}`;
          }}
          onHover={at => {
            const row = at ? rowOf(at.key) : undefined;
            tip.value =
              at && row
                ? {
                    ...{x: at.x, y: at.y},
                    title: `${row.layer} · epoch ${loaded?.epoch}`,
                    lines: [
                      {label: 'mean over classes', value: bits(row.mean), strong: true},
                      {label: 'std over classes', value: bits(row.std)},
                      ...row.classes.slice(0, 12).map(value => ({
                        label: className(names, value.class),
                        value: bits(value.bits),
                        colour: classColour(look, value.class),
                      })),
                    ],
                  }
                : null;
          }}
          onPick={layer => {
            view.layer.value = layer;
            view.channel.value = null;
          }}
        />
      )}
      {spec && layers.value.some(layer => layer.spatial.length === 0) && (
        <p class={`hint ${styles.smallPrint}`}>A dense layer counts as one map: the vector of its units.</p>
      )}
    </Panel>
  );
}

function layersSpec(rows: readonly LayerConsistency[], look: Theme, focus: number | null): DotRowsSpec {
  const high = Math.max(0, ...rows.flatMap(row => row.classes.map(value => value.bits ?? 0)));
  return {
    domain: [0, high === 0 ? 1 : high],
    unit: 'bits',
    rows: rows.map(row => ({
      key: row.layer,
      label: row.layer,
      dots: row.classes.map(value => ({
        colour: classColour(look, value.class),
        value: value.bits,
        isFaint: focus !== null && focus !== value.class,
      })),
      ...(row.mean === null || row.std === null ? {} : {band: {mean: row.mean, std: row.std}}),
      value:
        row.mean === null || row.std === null
          ? 'undefined'
          : `${row.mean.toFixed(2)} ± ${row.std.toFixed(2)}`,
    })),
  };
}
