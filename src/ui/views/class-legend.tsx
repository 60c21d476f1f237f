import {classColour, type Theme} from '../charts/palette.js';
import type {FigureKey} from '../model/figure.js';
import {className} from '../model/format.js';
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

/** The classes, with their colours where lines have them; a click marks one everywhere. */
export function ClassLegend({hasColours = true}: {hasColours?: boolean}) {
  return (
    <div class={legendStyles.root} role="group" aria-label="Classes">
      {!hasColours && <span class={legendStyles.name}>Class</span>}
      {classes.value.map((_, index) => (
        <button
          type="button"
          key={index}
          class={legendStyles.item}
          aria-pressed={view.focusClass.value === index}
          onClick={() => toggleFocus(index)}
        >
          {hasColours && <span class="swatch" style={{backgroundColor: classColour(theme.value, index)}} />}
          {className(classes.value, index)}
        </button>
      ))}
    </div>
  );
}
