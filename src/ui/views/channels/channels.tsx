import {channelEntropy} from '../../state/channel-tables.js';
import {currentLayer} from '../../state/chosen-layers.js';
import {classes} from '../../state/run-detail.js';
import {ChannelControls} from './channel-controls.js';
import {CirclesPanel} from './circles-panel.js';
import {ClassesPanel} from './classes-panel.js';
import {LayersPanel} from './layers-panel.js';
import {MultiplesPanel} from './multiples-panel.js';
import * as panelMessageStyles from '../../kit/panel-message.module.css';
import * as viewStyles from '../view.module.css';
import * as styles from './channels.module.css';

/** The entropy of every channel of a layer: over time, by class, compared between classes, and compared with other layers. */
export function Channels() {
  const loaded = channelEntropy.value.value;
  const isUndefined = loaded?.shaped.reasons.includes('single-value') ?? false;
  const hasClasses = classes.value.length > 0;
  return (
    <section class={`${viewStyles.root} ${styles.root}`} aria-label="Channels">
      <ChannelControls />
      {isUndefined && (
        <p class={panelMessageStyles.root} role="status">
          The channels of {loaded?.layer ?? currentLayer.value?.name} are single values, and the histogram of
          one value says nothing. Choose a layer with maps; the entropies of the whole layer are in
          Performance.
        </p>
      )}
      <div class={styles.panels}>
        {!isUndefined && (
          <>
            <CirclesPanel />
            <MultiplesPanel />
            {hasClasses && <ClassesPanel />}
          </>
        )}
        {hasClasses && <LayersPanel />}
      </div>
    </section>
  );
}
