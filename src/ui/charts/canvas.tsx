import {useRef} from 'preact/hooks';
import {useFrame} from './use-frame.js';
import {useWidth} from './use-size.js';

/** Drawing operations: the part of a canvas's context that can also be written as SVG. */
export type Pen = Pick<
  CanvasRenderingContext2D,
  | 'fillStyle'
  | 'strokeStyle'
  | 'lineWidth'
  | 'lineJoin'
  | 'globalAlpha'
  | 'font'
  | 'textAlign'
  | 'textBaseline'
  | 'imageSmoothingEnabled'
  | 'save'
  | 'restore'
  | 'translate'
  | 'rotate'
  | 'setLineDash'
  | 'beginPath'
  | 'moveTo'
  | 'lineTo'
  | 'rect'
  | 'fillRect'
  | 'strokeRect'
  | 'measureText'
  | 'fillText'
> & {
  arc(x: number, y: number, radius: number, start: number, end: number): void;
  fill(): void;
  stroke(): void;
  clip(): void;
  drawImage(picture: HTMLCanvasElement, x: number, y: number, width: number, height: number): void;
  /** Paints something under its own title; a canvas, whose pixels have none, lacks it. */
  titled?(title: string, paint: () => void): void;
};

/** Draws `width` x `height` CSS pixels; a canvas's context is already scaled. */
export type Paint = (context: Pen, width: number, height: number) => void;

/** The page's font for a canvas; size in CSS pixels. */
export function chartFont(size: number, weight = 400): string {
  return `${weight} ${size}px system-ui, -apple-system, "Segoe UI", Roboto, "Open Sans", sans-serif`;
}

export interface CanvasProps {
  /** Text alternative of the picture; empty if the same text is next to it. */
  label: string;
  /** CSS pixels; the width is that of the container. */
  height: number;
  paint: Paint;
  /** Pointer position in CSS pixels from the canvas's corner; null when it leaves. */
  onPoint?: (at: {x: number; y: number; width: number; event: PointerEvent} | null) => void;
  onPick?: (at: {x: number; y: number; width: number}) => void;
}

/** A canvas that fills its container's width and stays sharp on every screen. */
export function Canvas({label, height, paint, onPoint, onPick}: CanvasProps) {
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useWidth(host);

  useFrame(() => {
    if (canvas.current && width > 0)
      paintCanvas(canvas.current, {width, height, paint, ratio: window.devicePixelRatio});
  }, [width, height, paint]);

  return (
    <div ref={host} style={{height: `${height}px`}}>
      <canvas
        ref={canvas}
        {...(label === '' ? {'aria-hidden': true} : {role: 'img', 'aria-label': label})}
        onPointerMove={event => onPoint?.({x: event.offsetX, y: event.offsetY, width, event})}
        onPointerLeave={() => onPoint?.(null)}
        onClick={event => onPick?.({x: event.offsetX, y: event.offsetY, width})}
      />
    </div>
  );
}

/** Sizes a canvas and draws into it. */
export function paintCanvas(
  canvas: HTMLCanvasElement,
  {width, height, paint, ratio}: {width: number; height: number; paint: Paint; ratio: number},
): void {
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
  const context = canvas.getContext('2d');
  if (!context) throw new Error('Canvas: this browser gives no 2d context.');
  // A size that is set, be it the same, gives the canvas new memory: too slow for every step of the clock.
  if (canvas.width === wide && canvas.height === high) context.reset();
  else {
    canvas.width = wide;
    canvas.height = high;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  context.scale(ratio, ratio);
  paint(context, width, height);
}
