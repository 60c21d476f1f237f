import {signal} from '@preact/signals';
import type {PanelContent} from './panel-export.js';

/** The panels, drawers and parts of the rail that have something to export, in the order they appeared. */
export const panels = signal<readonly PanelContent[]>([]);

/** Adds a panel to the page's export menu, in the place of what has the same name. */
export function offerPanel(content: PanelContent): void {
  const all = panels.peek();
  const isKnown = all.some(({name}) => name === content.name);
  panels.value = isKnown
    ? all.map(other => (other.name === content.name ? content : other))
    : [...all, content];
}

/** Takes a panel out of the page's export menu. */
export function withdrawPanel(name: string): void {
  panels.value = panels.peek().filter(other => other.name !== name);
}
