import {useLayoutEffect, useRef, type MutableRef} from 'preact/hooks';

/** Space left free at the edges of the window, and between the opener and what it opens; CSS pixels. */
const edge = 8;
const gap = 4;

/**
 * Shows what a button opens above everything else on the page, so that nothing clips or covers it: below its opener, or
 * above it where there is more room, within the window, also when its content grows or the page scrolls.
 *
 * @param opener - The button.
 * @param align - Which edges of the two are in line, as far as there is room.
 * @returns The ref of the element, which needs `popover="manual"`.
 */
export function usePlacement(
  isOpen: boolean,
  opener: MutableRef<HTMLElement | null>,
  align: 'left' | 'right',
) {
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const opened = element.current;
    const button = opener.current;
    if (!opened || !button || !isOpen) return;
    const place = (): void => placeBeside(opened, button.getBoundingClientRect(), align);
    opened.showPopover();
    const observer = new ResizeObserver(place);
    observer.observe(opened);
    // Scrolling of any part of the page moves the opener; that inside of what is open does not.
    document.addEventListener('scroll', place, {capture: true, passive: true});
    window.addEventListener('resize', place);
    place();
    return () => {
      observer.disconnect();
      document.removeEventListener('scroll', place, {capture: true});
      window.removeEventListener('resize', place);
      if (opened.isConnected) opened.hidePopover();
    };
  }, [isOpen, align]);
  return element;
}

function placeBeside(opened: HTMLElement, by: DOMRect, align: 'left' | 'right'): void {
  const {clientWidth, clientHeight} = document.documentElement;
  const below = clientHeight - by.bottom - gap - edge;
  const above = by.top - gap - edge;
  const {width, scrollHeight} = {width: opened.offsetWidth, scrollHeight: opened.scrollHeight + 2};
  const isBelow = scrollHeight <= below || below >= above;
  const wanted = align === 'left' ? by.left : by.right - width;
  opened.style.left = `${Math.max(edge, Math.min(wanted, clientWidth - edge - width))}px`;
  opened.style.maxHeight = `${Math.max(120, isBelow ? below : above)}px`;
  opened.style.top = isBelow ? `${by.bottom + gap}px` : '';
  opened.style.bottom = isBelow ? '' : `${clientHeight - by.top + gap}px`;
}
