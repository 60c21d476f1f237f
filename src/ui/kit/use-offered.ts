import {useEffect} from 'preact/hooks';
import type {PanelContent} from './panel-export.js';
import {offerPanel, withdrawPanel} from './panels.js';

/** Has the content in the page's export menu for as long as its component is on the page; null has nothing there. */
export function useOffered(content: PanelContent | null): void {
  const name = content?.name;
  useEffect(() => (name === undefined ? undefined : () => withdrawPanel(name)), [name]);
  useEffect(() => {
    if (content) offerPanel(content);
  });
}
