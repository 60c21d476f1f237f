import * as styles from './segmented.module.css';

export interface SegmentedProps<Choice extends string> {
  label: string;
  /** Null where none of them holds. */
  value: Choice | null;
  choices: readonly (readonly [value: Choice, text: string])[];
  onChange: (value: Choice) => void;
}

/** A few choices of which one holds. */
export function Segmented<Choice extends string>({label, value, choices, onChange}: SegmentedProps<Choice>) {
  return (
    <div class={styles.root} role="group" aria-label={label}>
      {choices.map(([choice, text]) => (
        <button type="button" key={choice} aria-pressed={choice === value} onClick={() => onChange(choice)}>
          {text}
        </button>
      ))}
    </div>
  );
}
