import {useEffect, useState} from 'preact/hooks';

interface Host {
  current: HTMLElement | null;
}

/** The inner size of an element in CSS pixels, kept up with it; 0 until it is on the page. */
export function useSize(host: Host): {width: number; height: number} {
  const [size, setSize] = useState({width: 0, height: 0});
  useObserver(host, ({clientWidth, clientHeight}) => setSize({width: clientWidth, height: clientHeight}));
  return size;
}

/** Its width alone, for what sets its own height. */
export function useWidth(host: Host): number {
  const [width, setWidth] = useState(0);
  useObserver(host, element => setWidth(element.clientWidth));
  return width;
}

function useObserver(host: Host, onSize: (element: HTMLElement) => void): void {
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const observer = new ResizeObserver(() => onSize(element));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
}
