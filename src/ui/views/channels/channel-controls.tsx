import {Segmented} from '../../kit/segmented.js';
import {currentLayer} from '../../state/chosen-layers.js';
import {classes, layers} from '../../state/run-detail.js';
import {view} from '../../state/view-state.js';
import * as fieldStyles from '../../kit/field.module.css';
import * as stripStyles from '../strip.module.css';

/** Which layer, which lines, which scale and which order. */
export function ChannelControls() {
  return (
    <div class={stripStyles.root}>
      <label class={fieldStyles.root}>
        <span>Layer</span>
        <select
          value={currentLayer.value?.name ?? ''}
          onChange={event => {
            view.layer.value = event.currentTarget.value;
            view.channel.value = null;
          }}
        >
          {layers.value.map(layer => (
            <option key={layer.name} value={layer.name}>
              {layer.name} · {layer.channels} {layer.spatial.length > 0 ? 'channels' : 'units'}
            </option>
          ))}
        </select>
      </label>
      {classes.value.length > 0 && (
        <Segmented
          label="Lines"
          value={view.lines.value}
          choices={[
            ['all', 'All samples'],
            ['classes', 'Per class'],
          ]}
          onChange={choice => (view.lines.value = choice)}
        />
      )}
      <Segmented
        label="Scale"
        value={view.scale.value}
        choices={[
          ['fixed', 'Shared scale'],
          ['own', 'Own scale'],
        ]}
        onChange={choice => (view.scale.value = choice)}
      />
      <label class={fieldStyles.root}>
        <span>Sort</span>
        <select
          value={view.sort.value}
          onChange={event => (view.sort.value = event.currentTarget.value as typeof view.sort.value)}
        >
          <option value="index">by index</option>
          <option value="final">by final entropy</option>
          <option value="change">by change</option>
        </select>
      </label>
    </div>
  );
}
