/** Measurements of {@link watchPage}, in milliseconds of the page's own clock. */
export interface Watched {
  /** When everything on the page had been drawn for the first time. */
  usefulMs: number | null;
  /** Inputs: when the browser got each, so that waiting to be handled counts; where it moved the clock; and when the next frame had been painted. */
  inputs: {type: string; ms: number; epoch: number; paintedMs: number}[];
  /** When each epoch had been painted, one entry for each change of epoch. */
  shown: {epoch: number; ms: number}[];
}

/**
 * Runs in the page, before its own scripts. In every frame it asks whether the page is of one epoch: the clock and every
 * panel that names an epoch agree, and nothing is dimmed to wait. The time is taken after the frame's painting.
 */
export function watchPage(): void {
  const watched: Watched = {usefulMs: null, inputs: [], shown: []};
  Object.assign(globalThis, {watched});
  /** A message posted in a frame's callback comes when the frame has been painted. */
  const afterPaint = new MessageChannel();
  const waiting: ((ms: number) => void)[] = [];
  afterPaint.port1.onmessage = () => {
    for (const note of waiting.splice(0)) note(performance.now());
  };

  for (const type of ['keydown', 'pointermove', 'click']) {
    const note = (event: Event): void => {
      const input = {type, ms: event.timeStamp, epoch: Number.NaN, paintedMs: Number.NaN};
      watched.inputs.push(input);
      // The page renders in a microtask that its own listener has queued before this one.
      queueMicrotask(() => (input.epoch = Number(clock()?.value)));
      requestAnimationFrame(() => {
        waiting.push(ms => (input.paintedMs = ms));
        afterPaint.port2.postMessage(null);
      });
    };
    addEventListener(type, note);
  }

  let last = -1;
  const frame = (): void => {
    requestAnimationFrame(frame);
    const panels = [...document.querySelectorAll('.panel')];
    if (watched.usefulMs === null && panels.length > 0 && panels.every(isDrawn)) {
      waiting.push(ms => (watched.usefulMs ??= ms));
    }
    const epoch = epochOfAll(panels);
    if (epoch !== null && epoch !== last) {
      last = epoch;
      waiting.push(ms => watched.shown.push({epoch, ms}));
    }
    if (waiting.length > 0) afterPaint.port2.postMessage(null);
  };
  requestAnimationFrame(frame);

  function clock(): HTMLInputElement | null {
    return document.querySelector('.epoch-bar-number input');
  }

  function isDrawn(panel: Element): boolean {
    const body = panel.querySelector('.panel-body:not(.panel-waiting)');
    return Boolean(body?.querySelector('canvas, .matrix, .dot-rows, .panel-message'));
  }

  function epochOfAll(panels: Element[]): number | null {
    const epoch = clock()?.value;
    if (epoch === undefined) return null;
    for (const panel of panels) {
      const named = /\bepoch (\d+)/.exec(panel.querySelector('.panel-head p')?.textContent ?? '');
      if (named && named[1] !== epoch) return null;
      if (panel.querySelector('.panel-waiting')) return null;
    }
    return Number(epoch);
  }
}
