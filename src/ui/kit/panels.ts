import {signal} from '@preact/signals';
import type {PanelContent} from './panel-export.js';

/** The panels on the page that have something to export, in the order they appeared. */
export const panels = signal<readonly PanelContent[]>([]);

/** Adds a panel to the page's export menu; returns what takes it out again. */
export function offerPanel(content: PanelContent): () => void {
  panels.value = [...panels.peek().filter(other => other.name !== content.name), content];
  return () => {
    panels.value = panels.peek().filter(other => other !== content);
  };
}
