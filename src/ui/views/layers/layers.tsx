import {capacityOverDepth, capacityOverTime} from '../../state/capacity.js';
import {showEpoch} from '../../state/clock.js';
import {currentEpoch} from '../../state/runs.js';
import {layerPair} from '../../state/tables.js';
import {view} from '../../state/view-state.js';
import {HeatmapPanel} from './heatmap-panel.js';
import {PairControls} from './pair-controls.js';
import {StripPanel} from './strip-panel.js';

/** Channel capacity between the channels of two layers, over time and over depth. */
export function Layers() {
  const [from, to] = layerPair.value ?? [];
  if (!from || !to) {
    return (
      <section class="view layers" aria-label="Layers">
        <p class="panel-message">
          This run captured no layer beside its input; capacity needs two to compare.
        </p>
      </section>
    );
  }
  return (
    <section class="view layers" aria-label="Layers">
      <PairControls />
      <div class="layer-panels">
        <HeatmapPanel />
        <div class="strips">
          <StripPanel
            title="Over time"
            subtitle={`${from.name} and ${to.name} at captured epochs, one colour scale, mean below`}
            name={`capacity-over-time-${from.name}-${to.name}`}
            waitsFor={capacityOverTime}
            caption={({epoch}) => `epoch ${epoch}`}
            isCurrent={({epoch}) => epoch === currentEpoch.value}
            onPick={({epoch}) => showEpoch(epoch)}
          />
          <StripPanel
            title="Over depth"
            subtitle={`${from.name} and each later layer at epoch ${currentEpoch.value}, one colour scale, mean below`}
            name={`capacity-over-depth-${from.name}`}
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
