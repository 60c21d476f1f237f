import {IconButton} from '../../kit/icon-button.js';
import {SwapIcon} from '../../kit/icons.js';
import {pairLayers} from '../../state/capacity.js';
import {layerPair} from '../../state/chosen-layers.js';
import {view} from '../../state/view-state.js';
import {ClassSelect} from '../class-select.js';
import * as fieldStyles from '../../kit/field.module.css';
import * as stripStyles from '../strip.module.css';

/** Which two layers are compared, and for which samples. */
export function PairControls() {
  const pair = layerPair.value;
  const options = pairLayers().map(({name, index}) => (
    <option key={name} value={name}>
      {index} {name}
    </option>
  ));
  const choose = (end: 'from' | 'to', name: string): void => {
    view[end].value = name;
    view.pair.value = null;
    view.pins.value = [];
  };
  const swap = (): void => {
    const [from, to] = pair ?? [];
    if (!from || !to) return;
    const flip = (cell: {from: number; to: number}) => ({from: cell.to, to: cell.from});
    [view.from.value, view.to.value] = [to.name, from.name];
    view.pair.value = view.pair.value && flip(view.pair.value);
    view.pins.value = view.pins.value.map(flip);
  };
  return (
    <div class={stripStyles.root}>
      <label class={fieldStyles.root}>
        <span>Layer</span>
        <select value={pair?.[0].name} onChange={event => choose('from', event.currentTarget.value)}>
          {options}
        </select>
      </label>
      <IconButton label="Swap the layers" title="Swap" onClick={swap}>
        <SwapIcon />
      </IconButton>
      <label class={fieldStyles.root}>
        <span>and layer</span>
        <select value={pair?.[1].name} onChange={event => choose('to', event.currentTarget.value)}>
          {options}
        </select>
      </label>
      <ClassSelect
        chosen={view.focusClass.value}
        onChoose={index => {
          view.focusClass.value = index;
        }}
      />
    </div>
  );
}
