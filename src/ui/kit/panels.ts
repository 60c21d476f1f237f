import {signal} from '@preact/signals';
import type {PanelContent} from './panel-export.js';

interface Offer {
  content: PanelContent;
  /** Where it is on the page. */
  host: Element;
}

const offers = signal<readonly Offer[]>([]);

/** The panels, drawers and parts of the rail that have something to export, in the order of the page. */
export function offeredPanels(): PanelContent[] {
  const follows = (a: Offer, b: Offer): number =>
    a.host.compareDocumentPosition(b.host) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
  return offers.value.toSorted(follows).map(({content}) => content);
}

/** Adds a panel to the page's export menu, in the place of what has the same name. */
export function offerPanel(content: PanelContent, host: Element): void {
  const others = offers.peek().filter(other => other.content.name !== content.name);
  offers.value = [...others, {content, host}];
}

/** Takes a panel out of the page's export menu. */
export function withdrawPanel(name: string): void {
  offers.value = offers.peek().filter(other => other.content.name !== name);
}
