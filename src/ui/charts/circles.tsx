import {useEffect, useLayoutEffect, useRef, useState} from 'preact/hooks';
import {arrowStep, claim} from '../model/arrow-step.js';
import {circleAt, neighbour} from '../model/packing.js';
import {paintCanvas} from './canvas.js';
import {motionMs, play, type CirclesFrame} from './circles-motion.js';
import {circlesPaint} from './circles-paint.js';
import {cameraOf, projectionOf, rimRadius, type CirclesSpec} from './circles-spec.js';
import type {Theme} from './palette.js';
import {useSize} from './use-size.js';
import * as styles from './circles.module.css';

/** A circle: a group, or an item in it. */
export interface CirclePlace {
  group: number;
  slot: number | null;
}

export interface CirclesProps {
  /** Text alternative of the picture. */
  label: string;
  spec: CirclesSpec;
  theme: Theme;
  /** The group that fills the drawing; null is all of them. */
  zoom: number | null;
  /** The exact values of a circle, in words. */
  describe: (place: CirclePlace) => string;
  /** The circle under the pointer or with the focus, and where to speak of it, CSS pixels in the window. */
  onHover: (at: (CirclePlace & {x: number; y: number}) | null) => void;
  onPick: (group: number, slot: number) => void;
  /** Absent where the drawing stays in its group. */
  onZoom?: (group: number | null) => void;
}

/**
 * Circles in two levels on one canvas. A click goes into a group, then picks an item; outside it goes back. For the
 * keyboard one button lies over the circle that the arrow keys have reached: Enter does as a click, Esc goes back.
 */
export function Circles({label, spec, theme, zoom, describe, onHover, onPick, onZoom}: CirclesProps) {
  const {host, canvas, size} = useDrawing(spec, zoom, theme);
  const [reached, setReached] = useState(0);
  const [isFocused, setFocused] = useState(false);
  const {packing} = spec;
  const circles = zoom === null ? packing.groups : packing.slots;
  const at = Math.min(reached, Math.max(0, circles.length - 1));
  const place = placeOf(zoom, at);
  const projected = projectionOf(cameraOf(packing, zoom, size), size);
  const box = boxOf(spec, place, projected);
  const zoomBefore = useRef(zoom);
  useLayoutEffect(() => {
    // Inside a group the cursor begins at the marked item; outside at the group that was left.
    if (zoomBefore.current !== zoom)
      setReached(zoom === null ? (zoomBefore.current ?? 0) : (spec.markedSlot ?? 0));
    zoomBefore.current = zoom;
  }, [zoom]);

  const speak = (spoken: CirclePlace): void => {
    const corner = canvas.current?.getBoundingClientRect();
    const around = boxOf(spec, spoken, projected);
    if (corner) onHover({...spoken, x: corner.left + around.x + around.r, y: corner.top + around.y});
  };
  useEffect(() => {
    if (isFocused) speak(place);
  }, [isFocused, at, zoom, spec]);

  const take = ({group, slot}: CirclePlace): void => {
    if (zoom !== group) onZoom?.(group);
    else if (slot !== null) onPick(group, slot);
  };
  const goOut = (): void => {
    if (zoom !== null) onZoom?.(null);
  };
  const placeUnder = (event: MouseEvent): CirclePlace | null =>
    circleAt(packing, projected.fromX(event.offsetX), projected.fromY(event.offsetY));

  const press = (event: KeyboardEvent): void => {
    const step = arrowStep(event.key);
    if (step) setReached(neighbour(circles, at, step));
    else if (event.key === 'Escape' && zoom !== null && onZoom) goOut();
    else return;
    claim(event);
  };

  return (
    <div class={styles.root} role="group" aria-label={label} ref={host}>
      <canvas
        ref={canvas}
        aria-hidden="true"
        onPointerMove={event => {
          const under = placeUnder(event);
          onHover(under && {...under, x: event.clientX, y: event.clientY});
        }}
        onPointerLeave={() => onHover(null)}
        onClick={event => {
          const under = placeUnder(event);
          if (under) take(under);
          else goOut();
        }}
      />
      {circles.length > 0 && size.width > 0 && (
        <button
          type="button"
          class={styles.cursor}
          aria-label={describe(place)}
          style={{
            left: `${box.x - box.r}px`,
            top: `${box.y - box.r}px`,
            width: `${2 * box.r}px`,
            height: `${2 * box.r}px`,
          }}
          onFocus={() => setFocused(true)}
          onBlur={() => {
            setFocused(false);
            onHover(null);
          }}
          onKeyDown={press}
          onClick={() => take(place)}
        />
      )}
      <output class="visually-hidden">{isFocused ? describe(place) : ''}</output>
    </div>
  );
}

/** The canvas as large as its host, drawn again when something changes, in motion where that helps the eye. */
function useDrawing(spec: CirclesSpec, zoom: number | null, theme: Theme) {
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const shown = useRef<CirclesFrame | null>(null);
  const changedMs = useRef(-Infinity);
  const size = useSize(host);

  useLayoutEffect(() => {
    const element = canvas.current;
    if (!element || size.width === 0) return;
    const draw = (frame: CirclesFrame): void => {
      shown.current = frame;
      const paint = circlesPaint({...spec, radii: frame.radii}, frame.camera, theme);
      paintCanvas(element, {...size, paint, ratio: window.devicePixelRatio});
    };
    const target = {camera: cameraOf(spec.packing, zoom, size), radii: spec.radii};
    // A step before the circles have stopped shows each state at its final positions.
    const nowMs = performance.now();
    const isHurried = nowMs - changedMs.current < motionMs;
    changedMs.current = nowMs;
    return play((!isHurried && shown.current) || target, target, draw);
  }, [spec, zoom, theme, size]);

  return {host, canvas, size};
}

function placeOf(zoom: number | null, at: number): CirclePlace {
  return zoom === null ? {group: at, slot: null} : {group: zoom, slot: at};
}

/** Position of a circle in the drawing, CSS pixels. */
function boxOf(
  {packing}: CirclesSpec,
  {group: index, slot}: CirclePlace,
  {toX, toY, scale}: ReturnType<typeof projectionOf>,
): {x: number; y: number; r: number} {
  const group = packing.groups[index] ?? {x: 0, y: 0, r: 0, inner: 0};
  const inside = slot === null ? undefined : packing.slots[slot];
  if (!inside) return {x: toX(group.x), y: toY(group.y), r: rimRadius(group, scale)};
  return {
    x: toX(group.x + inside.x),
    y: toY(group.y + inside.y),
    r: Math.max(6, inside.r * scale),
  };
}
