import {className} from '../model/format.js';
import {classes} from '../state/run-detail.js';
import * as fieldStyles from '../kit/field.module.css';

export interface ClassSelectProps {
  /** Null: all of them. */
  chosen: number | null;
  onChoose: (chosen: number | null) => void;
}

/** Selects the samples of a picture: all, or those of one class. */
export function ClassSelect({chosen, onChoose}: ClassSelectProps) {
  return (
    <label class={fieldStyles.root}>
      <span>Samples of</span>
      <select
        value={chosen === null ? 'all' : String(chosen)}
        onChange={({currentTarget: {value}}) => onChoose(value === 'all' ? null : Number(value))}
      >
        <option value="all">all classes</option>
        {classes.value.map((_, index) => (
          <option key={index} value={String(index)}>
            class {className(classes.value, index)}
          </option>
        ))}
      </select>
    </label>
  );
}
