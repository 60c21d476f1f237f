import {capacityOverDepth, capacityOverTime} from '../../state/capacity.js';
import {showEpoch} from '../../state/clock.js';
import {currentEpoch} from '../../state/runs.js';
import {layerPair} from '../../state/chosen-layers.js';
import {capacityText} from '../../model/query-texts.js';
import {view} from '../../state/view-state.js';
import {HeatmapPanel} from './heatmap-panel.js';
import {PairControls} from './pair-controls.js';
import {StripPanel} from './strip-panel.js';
import * as panelMessageStyles from '../../kit/panel-message.module.css';
import * as viewStyles from '../view.module.css';
import * as styles from './layers.module.css';

/** Channel capacity between the channels of two layers, over time and over depth. */
export function Layers() {
  const [from, to] = layerPair.value ?? [];
  if (!from || !to) {
    return (
      <section class={`${viewStyles.root} ${styles.root}`} aria-label="Layers">
        <p class={panelMessageStyles.root}>
          This run captured no layer except its input; capacity needs two to compare.
        </p>
      </section>
    );
  }
  const part = {class: view.focusClass.value};
  return (
    <section class={`${viewStyles.root} ${styles.root}`} aria-label="Layers">
      <PairControls />
      <div class={styles.panels}>
        <HeatmapPanel />
        <div class={styles.strips}>
          <StripPanel
            title="Over time"
            subtitle={`${from.name} and ${to.name} at captured epochs, one colour scale, mean below`}
            id="over-time"
            epoch={null}
            name={`capacity-over-time-${from.name}-${to.name}`}
            queries={[capacityText({...part, layers: [from.name]}, {...part, layers: [to.name]})]}
            waitsFor={capacityOverTime}
            caption={({epoch}) => `epoch ${epoch}`}
            isCurrent={({epoch}) => epoch === currentEpoch.value}
            onPick={({epoch}) => showEpoch(epoch)}
          />
          <StripPanel
            title="Over depth"
            subtitle={`${from.name} and each later layer at epoch ${currentEpoch.value}, one colour scale, mean below`}
            id="over-depth"
            epoch={currentEpoch.value}
            name={`capacity-over-depth-${from.name}`}
            queries={depthTexts(from.name, part.class)}
            waitsFor={capacityOverDepth}
            caption={entry => entry.to}
            isCurrent={entry => entry.to === to.name}
            onPick={entry => {
              view.to.value = entry.to;
              view.pair.value = null;
              view.pins.value = [];
            }}
          />
        </div>
      </div>
    </section>
  );
}

/** Pairs of the first layer with those that the strip shows; empty if it shows nothing. */
function depthTexts(from: string, index: number | null): string[] {
  const [first, ...rest] = capacityOverDepth.value.value ?? [];
  if (!first) return [];
  const part = {class: index, epochs: [first.epoch]};
  const layers = [first, ...rest].map(({to}) => to);
  return [capacityText({...part, layers: [from]}, {...part, layers})];
}
