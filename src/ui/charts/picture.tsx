import type {Picture as Pixels} from '../../shared/index.js';
import {useLayoutEffect, useRef} from 'preact/hooks';

/** Pixels as they are; the style sheet makes them large. */
export function Picture({label, picture}: {label: string; picture: Pixels}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const element = canvas.current;
    if (!element || picture.width === 0 || picture.height === 0) return;
    element.width = picture.width;
    element.height = picture.height;
    element
      .getContext('2d')
      ?.putImageData(new ImageData(picture.pixels, picture.width, picture.height), 0, 0);
  }, [picture]);
  return <canvas ref={canvas} role="img" aria-label={label} />;
}
