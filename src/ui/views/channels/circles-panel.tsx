import {useMemo} from 'preact/hooks';
import {circlesPaint} from '../../charts/circles-paint.js';
import {cameraOf} from '../../charts/circles-spec.js';
import {Circles} from '../../charts/circles.js';
import type {Theme} from '../../charts/palette.js';
import {valuesOf, withoutArea, type ChannelsByClass} from '../../model/channels-by-class.js';
import {plural} from '../../model/format.js';
import {entropyText} from '../../model/query-texts.js';
import {Panel} from '../../kit/panel.js';
import {theme} from '../../kit/theme.js';
import {channelClasses, channelEntropy, channelPacking} from '../../state/channel-tables.js';
import {currentEpoch} from '../../state/runs.js';
import {classes} from '../../state/run-detail.js';
import {view} from '../../state/view-state.js';
import {channelCircles, circleInWords, circlesTable, groupName, tipOfCircle} from './channel-circles.js';
import {classKey} from '../class-legend.js';
import {ruleOf} from './multiples-panel.js';
import {openChannel} from './open-channel.js';
import * as panelMessageStyles from '../../kit/panel-message.module.css';
import * as styles from './circles-panel.module.css';

/** Size of an exported picture, CSS pixels. */
const size = {width: 880, height: 720};

/** Circle packing of a layer at the clock's epoch: a circle per class and one for all, in each a circle per channel. */
export function CirclesPanel() {
  const loaded = channelEntropy.value.value;
  const data = channelClasses.value;
  const packing = channelPacking.value;
  const epochIndex = data?.epochs.indexOf(currentEpoch.value ?? -1) ?? -1;
  const names = classes.value;
  const look = theme.value;
  const [focus, channel] = [view.focusClass.value, view.channel.value];
  const positions = useMemo(() => data?.classes.map((_, position) => position) ?? [], [data]);
  const shown = {positions, epochIndex, names};
  const draw = (to: Theme) =>
    data && packing ? channelCircles(data, {packing, ...shown, look: to, focus, channel}) : null;
  const spec = useMemo(() => draw(look), [data, packing, epochIndex, names, look, focus, channel]);
  const zoom = data && view.zoom.value !== null ? zoomGroup(data, view.zoom.value) : null;
  const title = 'Channels by class';
  const subtitle =
    loaded && data
      ? `epoch ${currentEpoch.value} · ${subtitleOf(data, loaded.shaped.samples)} · ${ruleOf(loaded.shaped)}`
      : '';
  return (
    <Panel
      title={title}
      id="channel-circles"
      subtitle={subtitle}
      waitsFor={channelEntropy}
      content={
        data &&
        packing && {
          name: `channel-circles-${loaded?.layer ?? ''}`,
          table: () => circlesTable(data, epochIndex, names),
          source: {queries: texts(loaded?.layer ?? '', currentEpoch.value ?? 0)},
          measures: ['intra-sample-entropy'],
          facts: {
            runs: loaded ? [loaded.run] : [],
            ...{layers: [loaded?.layer ?? ''], epoch: currentEpoch.value, unit: 'bits'},
            ...(loaded && {n: loaded.shaped.samples, bins: loaded.shaped.bins.join(' / ')}),
          },
          keys: to => [classKey(to), {kind: 'note', text: marksText(data, zoom, epochIndex)}],
          drawing: to => {
            const drawn = draw(to);
            const camera = cameraOf(packing, zoom, size);
            return {...size, paint: drawn ? circlesPaint(drawn, camera, to) : () => undefined};
          },
        }
      }
    >
      {data && epochIndex < 0 && (
        <p class={panelMessageStyles.root}>This layer was not captured at epoch {currentEpoch.value}.</p>
      )}
      {data && spec && loaded && epochIndex >= 0 && (
        <>
          <Crumbs data={data} zoom={zoom} names={names} />
          <Circles
            label={`Entropy of the channels of ${loaded.layer} by class`}
            spec={spec}
            theme={look}
            zoom={zoom}
            describe={place => circleInWords(data, place, shown)}
            onHover={at => tipOfCircle(data, at, {...shown, layer: loaded.layer})}
            onPick={(group, slot) => openChannel(data.channels[slot] ?? 0, data.classes[group] ?? null)}
            onZoom={group => (view.zoom.value = group === null ? null : (data.classes[group] ?? 'all'))}
          />
          <Marks data={data} zoom={zoom} epochIndex={epochIndex} />
        </>
      )}
    </Panel>
  );
}

/** Sets of the circles: every class, and all samples together. */
function texts(layer: string, epoch: number): string[] {
  const part = {layers: [layer], epochs: [epoch]};
  return [entropyText({...part, class: 'each'}), entropyText(part)];
}

/** Path of the circles: all classes, or all classes and then one. */
function Crumbs({data, zoom, names}: {data: ChannelsByClass; zoom: number | null; names: readonly string[]}) {
  return (
    <nav class={styles.crumbs} aria-label="Zoom">
      {zoom === null ? (
        <span aria-current="location">all classes</span>
      ) : (
        <>
          <button type="button" onClick={() => (view.zoom.value = null)}>
            all classes
          </button>
          <span aria-hidden="true">/</span>
          <span aria-current="location">{groupName(data.classes[zoom] ?? null, names)}</span>
        </>
      )}
    </nav>
  );
}

/** Explains the hollow marks, with their number among the visible circles. */
function Marks({data, zoom, epochIndex}: {data: ChannelsByClass; zoom: number | null; epochIndex: number}) {
  const positions = zoom === null ? data.classes.map((_, position) => position) : [zoom];
  const counts = withoutArea(positions.flatMap(position => valuesOf(data, position, epochIndex)));
  return (
    <p class={styles.marks}>
      <span>
        area of a channel = its bits, at the same place in every class; classes have circles of one size: the
        number is the mean of their channels, bits
      </span>
      <span>
        <i class={styles.mark} /> {counts.dead} dead, {counts.flat} others of 0 bits
      </span>
      <span>
        <i class={`${styles.mark} ${styles.unknown}`} /> {counts.undefined} undefined
      </span>
    </p>
  );
}

function marksText(data: ChannelsByClass, zoom: number | null, epochIndex: number): string {
  const positions = zoom === null ? data.classes.map((_, position) => position) : [zoom];
  const counts = withoutArea(positions.flatMap(position => valuesOf(data, position, epochIndex)));
  const empty = `hollow: ${counts.dead} dead, ${counts.flat} others of 0 bits`;
  return `area of a channel = its bits, at the same place in every class; classes have circles of one size: the number is the mean of their channels, bits · ${empty} · dashed: ${counts.undefined} undefined`;
}

function subtitleOf(data: ChannelsByClass, samples: number): string {
  const count = data.classes.filter(index => index !== null).length;
  const groups = count === 0 ? 'all samples' : `${plural(count, 'class')} and all`;
  return `${plural(data.channels.length, 'channel')} × ${groups}, N = ${samples}`;
}

/** The group of a class; null where the layer has no such class. */
function zoomGroup(data: ChannelsByClass, zoom: number | 'all'): number | null {
  const position = data.classes.indexOf(zoom === 'all' ? null : zoom);
  return position < 0 ? null : position;
}
