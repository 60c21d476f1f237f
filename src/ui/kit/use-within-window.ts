import {useLayoutEffect, useRef} from 'preact/hooks';

/** Space left free at both sides of the window, CSS pixels. */
const edge = 8;

/**
 * Moves what has opened sideways as far as it stays in the window, also when its content grows.
 *
 * @returns The ref of the element; it must not be wider than the window.
 */
export function useWithinWindow(isOpen: boolean) {
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const opened = element.current;
    if (!opened || !isOpen) return;
    const observer = new ResizeObserver(() => {
      opened.style.translate = '';
      const {left, right} = opened.getBoundingClientRect();
      const beyond = right + edge - document.documentElement.clientWidth;
      const shift = left < edge ? edge - left : -Math.min(Math.max(0, beyond), left - edge);
      opened.style.translate = `${shift}px`;
    });
    observer.observe(opened);
    return () => observer.disconnect();
  }, [isOpen]);
  return element;
}
