import test from 'ava';
import {
  followWindow,
  isCompact,
  isRailOpen,
  isVisible,
  roomFor,
  viewsAtOnce,
  visibleTabs,
} from '#ui/state/layout.js';
import {view} from '#ui/state/view-state.js';
import {StatePage} from '../../support/state-page.js';

test.serial('a narrow page shows one view, a wide one performance beside another', t => {
  const page = new StatePage({});
  Object.assign(globalThis, {window: page});
  t.teardown(followWindow());
  t.deepEqual(visibleTabs.value, ['performance']);
  view.tab.value = 'layers';
  t.deepEqual(visibleTabs.value, ['layers']);
  t.false(isVisible('performance'));
  page.resize({width: 1600});
  t.deepEqual(visibleTabs.value, ['performance', 'layers']);
  view.tab.value = 'performance';
  t.deepEqual(visibleTabs.value, ['performance', 'channels']);
  page.resize({width: 2560});
  t.deepEqual(visibleTabs.value, ['performance', 'layers', 'channels']);
  page.resize({height: 590});
  t.deepEqual(visibleTabs.value, ['performance'], 'a low window stacks, however wide it is');
});

test.serial('a small window is compact, and closes a rail that no one opened', t => {
  const page = new StatePage({});
  Object.assign(globalThis, {window: page});
  t.teardown(followWindow());
  for (const [width, height, small] of [
    [1280, 800, false],
    [901, 601, false],
    [900, 800, true],
    [1280, 600, true],
    [731, 457, true],
  ] as const) {
    page.resize({width, height});
    t.is(isCompact.value, small, `${width} x ${height}`);
    t.is(isRailOpen.value, !small);
  }
  view.rail.value = 'open';
  t.true(isRailOpen.value);
  view.rail.value = null;
});

test.serial('drawings grow in a tall window with room for every view, up to twice their height', t => {
  const page = new StatePage({width: 2400});
  Object.assign(globalThis, {window: page});
  t.teardown(followWindow());
  for (const [height, expected] of [
    [700, 200],
    [900, 200],
    [1350, 300],
    [4000, 400],
  ] as const) {
    page.resize({height});
    t.is(roomFor('confusion', 200), expected);
  }
  page.resize({width: 2300});
  t.is(roomFor('confusion', 200), 200);
});

test.serial('a maximised panel gets the height of the window, and never less than usual', t => {
  const page = new StatePage({});
  Object.assign(globalThis, {window: page});
  const stop = followWindow();
  t.is(roomFor('confusion', 300), 300);
  view.full.value = 'confusion';
  t.is(roomFor('confusion', 300), 580);
  t.is(roomFor('training', 300), 300);
  page.resize({height: 400});
  t.is(roomFor('confusion', 300), 300);
  stop();
  page.resize({width: 1920, height: 2000});
  t.is(viewsAtOnce.value, 1);
  t.is(roomFor('confusion', 300), 300);
  view.full.value = null;
});
