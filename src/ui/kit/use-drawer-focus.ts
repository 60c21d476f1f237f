import {useLayoutEffect, useRef} from 'preact/hooks';
import {isCompact} from '../state/layout.js';

/**
 * Moves the focus to a drawer that a person opened, so that its keys work, and restores the focus when it closes.
 *
 * @returns The ref of the drawer's element, which needs `tabIndex={-1}`.
 */
export function useDrawerFocus() {
  const drawer = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const opener = document.activeElement as HTMLElement | null;
    // A link that opens a drawer finds the focus nowhere, and leaves it there.
    if (opener && opener !== document.body) {
      drawer.current?.focus({preventScroll: true});
      // Where the page scrolls, the drawer is below the view.
      if (isCompact.peek()) drawer.current?.scrollIntoView();
    }
    return () => {
      const isInside = drawer.current?.contains(document.activeElement);
      if (isInside && opener?.isConnected) opener.focus({preventScroll: !isCompact.peek()});
    };
  }, []);
  return drawer;
}
