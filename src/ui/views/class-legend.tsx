import {useState} from 'preact/hooks';
import {classColour, type Theme} from '../charts/palette.js';
import type {FigureKey} from '../model/figure.js';
import {classesNamed} from '../model/classes-named.js';
import {className, plural} from '../model/format.js';
import {classes} from '../state/run-detail.js';
import {view} from '../state/view-state.js';
import {theme} from '../kit/theme.js';
import * as legendStyles from './legend.module.css';

/** Marks a class in every view; selecting it again removes the mark. */
export function toggleFocus(index: number): void {
  view.focusClass.value = view.focusClass.value === index ? null : index;
}

/** How strongly a class is drawn while one is marked. */
export function emphasisOf(index: number): 'strong' | 'faint' | undefined {
  const focus = view.focusClass.value;
  if (focus === null) return undefined;
  return focus === index ? 'strong' : 'faint';
}

/** The classes with their colours, for a picture file. */
export function classKey(look: Theme, shown = classes.value.map((_, index) => index)): FigureKey {
  const items = shown.map(index => ({
    label: className(classes.value, index),
    colour: classColour(look, index),
  }));
  return {kind: 'names', items};
}

/** As many classes as a legend names at once; of more one is found by its name. */
const maxNamed = 24;

/** The classes, with their colours where lines have them; a click marks one everywhere. */
export function ClassLegend({hasColours = true}: {hasColours?: boolean}) {
  const [wanted, setWanted] = useState('');
  const names = classes.value.map((_, index) => className(classes.value, index));
  const found = classesNamed(names, wanted, view.focusClass.value);
  const shown = found.slice(0, maxNamed);
  return (
    <div class={legendStyles.root} role="group" aria-label="Classes">
      {!hasColours && <span class={legendStyles.name}>Class</span>}
      {names.length > maxNamed && (
        <input
          type="search"
          class={legendStyles.search}
          placeholder={`Find one of ${names.length} classes`}
          aria-label="Find a class"
          value={wanted}
          onInput={event => setWanted(event.currentTarget.value)}
        />
      )}
      {shown.map(index => (
        <button
          type="button"
          key={index}
          class={legendStyles.item}
          aria-pressed={view.focusClass.value === index}
          onClick={() => toggleFocus(index)}
        >
          {hasColours && <span class="swatch" style={{backgroundColor: classColour(theme.value, index)}} />}
          {names[index]}
        </button>
      ))}
      {found.length > shown.length && (
        <span class={legendStyles.name}>and {plural(found.length - shown.length, 'class')} more</span>
      )}
      {hasColours && names.length > theme.value.classes.length && (
        <span class={legendStyles.name}>
          grey: classes {theme.value.classes.length} to {names.length - 1}; choose one to see it
        </span>
      )}
    </div>
  );
}
