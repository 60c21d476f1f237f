import test from 'ava';
import {followWindow, isVisible, isWide, roomFor, visibleTabs} from '#ui/state/layout.js';
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
  page.resize({isWide: true});
  t.true(isWide.value);
  t.deepEqual(visibleTabs.value, ['performance', 'layers']);
  view.tab.value = 'performance';
  t.deepEqual(visibleTabs.value, ['performance', 'channels']);
});

test.serial('a maximised panel gets the height of the window, and never less than usual', t => {
  const page = new StatePage({});
  Object.assign(globalThis, {window: page});
  const stop = followWindow();
  t.is(roomFor('confusion', 300), 300);
  view.full.value = 'confusion';
  t.is(roomFor('confusion', 300), 580);
  t.is(roomFor('training', 300), 300);
  page.resize({isWide: false, height: 400});
  t.is(roomFor('confusion', 300), 300);
  stop();
  page.resize({isWide: true, height: 2000});
  t.false(isWide.value);
  t.is(roomFor('confusion', 300), 300);
  view.full.value = null;
});
