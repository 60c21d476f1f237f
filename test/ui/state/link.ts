import test from 'ava';
import {keepLink, linkProblems, place, step} from '#ui/state/link.js';
import {defaultState} from '#ui/model/view-state.js';
import {amend, restore, snapshot, view} from '#ui/state/view-state.js';
import {StatePage} from '../../support/state-page.js';

/** The link kept on its own page until the test ends. */
function linked(t: {teardown: (end: () => void) => void}, hash = ''): StatePage {
  const page = new StatePage({hash});
  Object.assign(globalThis, {
    window: page,
    sessionStorage: {
      getItem: (key: string) => page.stored.get(key) ?? null,
      setItem: (key: string, value: string) => page.stored.set(key, value),
    },
  });
  const stop = keepLink();
  t.teardown(() => {
    stop();
    restore(defaultState);
  });
  return page;
}

/** Waits until the address has been written. */
const written = (page: StatePage, hash: string) =>
  new Promise<void>(resolve => {
    const look = (): void => {
      if (page.location.hash === hash) resolve();
      else setTimeout(look, 5);
    };
    look();
  });

test.serial('the state is that of the address, with a sentence for what cannot be used', t => {
  linked(t, 'epoch=3&tab=layers&colour=red');
  t.is(view.epoch.value, 3);
  t.is(view.tab.value, 'layers');
  t.deepEqual(linkProblems.value, ['colour is not part of a link']);
});

test.serial('changes of the epoch reach the address together, in the entry that is shown', async t => {
  const page = linked(t);
  view.epoch.value = 1;
  view.epoch.value = 2;
  view.smoothing.value = 30;
  t.is(page.location.hash, '');
  await written(page, '#epoch=2&smoothing=30');
  t.is(page.entries.length, 1);
});

const steps: Record<string, () => void> = {
  'a view': () => (view.tab.value = 'layers'),
  'a run': () => (view.runs.value = ['other']),
  'a layer': () => (view.layer.value = 'dense_1'),
  'a channel': () => (view.channel.value = 7),
  'a pin': () => (view.pins.value = [{from: 1, to: 2}]),
  'an opened cell': () => (view.cell.value = {label: 1, predicted: 2}),
  'a maximised panel': () => (view.full.value = 'training'),
  // As handlers do that set one field after the other.
  'a pair of layers': () => {
    view.from.value = 'conv2d_1';
    view.to.value = 'conv2d_2';
    view.pair.value = {from: 1, to: 2};
  },
};

for (const [what, change] of Object.entries(steps)) {
  test.serial(`the back button takes back ${what}, and leaves the epoch that was there`, async t => {
    const page = linked(t, 'epoch=1');
    const before = snapshot();
    view.epoch.value = 4;
    change();
    const after = snapshot();
    await new Promise(resolve => setTimeout(resolve));
    t.is(page.entries.length, 2);
    t.deepEqual(place.value, {at: 1, last: 1});
    page.go(-1);
    t.deepEqual(snapshot(), {...before, epoch: 4});
    await new Promise(resolve => setTimeout(resolve, 250)); // longer than a write waits
    t.is(page.entries.length, 2, 'going back is no step');
    page.go(1);
    t.deepEqual(snapshot(), after);
  });
}

test.serial('a change that follows from another is no separate step', async t => {
  const page = linked(t);
  amend({layer: 'renamed'});
  await written(page, '#layer=renamed');
  t.is(page.entries.length, 1);
});

test.serial('the steps of a key that is held down are one', async t => {
  const page = linked(t, 'tab=channels');
  for (let channel = 0; channel < 5; channel++) {
    view.channel.value = channel;
    await Promise.resolve();
    await Promise.resolve();
  }
  t.is(page.entries.length, 2);
  t.is(page.location.hash, '#tab=channels&channel=4');
});

test.serial('going back keeps the theme, which is no place', t => {
  const page = linked(t);
  step({tab: 'layers'});
  view.theme.value = 'dark';
  page.go(-1);
  t.is(view.tab.value, 'performance');
  t.is(view.theme.value, 'dark');
});

test.serial('a link followed in the page is a separate entry', t => {
  const page = linked(t);
  step({tab: 'layers'});
  page.follow('tab=channels');
  t.is(view.tab.value, 'channels');
  t.deepEqual(place.value, {at: 2, last: 2});
  page.go(-1);
  t.is(view.tab.value, 'layers');
  t.deepEqual(place.value, {at: 1, last: 2});
});

test.serial('a step is taken back by the back button, and what was being written stays with it', t => {
  const page = linked(t, 'epoch=1');
  view.draft.value = 'H(';
  step({query: 'H(dCNN)', draft: null});
  t.deepEqual(place.value, {at: 1, last: 1});
  t.is(page.entries[0]?.hash, 'epoch=1');
  page.go(-1);
  t.is(view.query.value, null);
  t.is(snapshot().draft, null);
  t.deepEqual(place.value, {at: 0, last: 1});
  page.go(1);
  t.is(view.query.value, 'H(dCNN)');
  t.deepEqual(place.value, {at: 1, last: 1});
});

test.serial('a step after going back drops the entries that were ahead', t => {
  const page = linked(t);
  step({query: 'H(dCNN)'});
  step({query: 'Hx(dCNN)'});
  page.go(-2);
  step({query: 'dCNN'});
  t.deepEqual(place.value, {at: 1, last: 1});
  t.is(page.entries.length, 2);
});

test.serial('what the entry left behind had still to write does not reach the one gone to', async t => {
  const page = linked(t, 'epoch=1');
  step({epoch: 2});
  view.epoch.value = 7;
  page.go(-1);
  t.is(view.epoch.value, 1);
  await new Promise(resolve => setTimeout(resolve, 250)); // longer than a write waits
  t.is(page.location.hash, '#epoch=1');
});

test.serial('a reload knows how many entries lie ahead; a new tab knows of none', t => {
  const page = linked(t);
  step({epoch: 1});
  step({epoch: 2});
  page.go(-1);
  const stop = keepLink();
  t.deepEqual(place.value, {at: 1, last: 2});
  stop();
  linked(t);
  t.deepEqual(place.value, {at: 0, last: 0});
});

test.serial('after the end the address and the state go their own ways', async t => {
  const page = new StatePage({hash: 'epoch=4'});
  Object.assign(globalThis, {window: page});
  const stop = keepLink();
  t.teardown(() => restore(defaultState));
  stop();
  page.follow('epoch=8');
  t.is(view.epoch.value, 4);
  view.epoch.value = 5;
  await new Promise(resolve => setTimeout(resolve, 250)); // longer than a write waits
  t.is(page.location.hash, '#epoch=8');
});
