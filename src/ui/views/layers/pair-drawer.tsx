import {mapScale, NO_LABEL, pictureRange, samplePicture, type Picture} from '../../../shared/index.js';
import {useMemo} from 'preact/hooks';
import type {Theme} from '../../charts/palette.js';
import {Sparkline} from '../../charts/sparkline.js';
import {bits, className} from '../../model/format.js';
import {Drawer} from '../../kit/drawer.js';
import {IconButton} from '../../kit/icon-button.js';
import {PinIcon} from '../../kit/icons.js';
import {
  capacity,
  capacityOverTime,
  pairSamples,
  type Capacity,
  type PairSamples,
} from '../../state/capacity.js';
import {theme} from '../../kit/theme.js';
import {layerPair} from '../../state/chosen-layers.js';
import {classes, detail} from '../../state/run-detail.js';
import {view} from '../../state/view-state.js';
import {Failure} from '../../kit/failure.js';
import {pairContent} from './pair-figure.js';
import {PictureCell} from '../picture-cell.js';
import * as buttonStyles from '../../kit/button.module.css';
import * as drawerStyles from '../../kit/drawer.module.css';
import * as sampleRowsStyles from '../sample-rows.module.css';
import * as styles from './pair-drawer.module.css';

/** Shows both channels of the selected cell: their capacity, and their maps next to the inputs. */
export function PairDrawer() {
  const pair = view.pair.value;
  const [from, to] = layerPair.value ?? [];
  if (!pair || !from || !to) return null;
  const shown = pairSamples.value.value;
  const isPinned = view.pins.value.some(pin => pin.from === pair.from && pin.to === pair.to);
  const others = view.pins.value.filter(pin => pin.from !== pair.from || pin.to !== pair.to);
  const move = (end: 'from' | 'to', step: number, channels: number): void => {
    view.pair.value = {...pair, [end]: (pair[end] + step + channels) % channels};
  };
  return (
    <Drawer
      isWide
      label="Channel pair"
      title={`${from.name} · ${pair.from} and ${to.name} · ${pair.to}`}
      subtitle={valueText(capacity.value.value, pair)}
      onClose={() => (view.pair.value = null)}
      isBusy={pairSamples.slow.value}
      content={shown && pairContent(shown, capacity.value.value)}
      tools={
        <IconButton
          aria-pressed={isPinned}
          label={isPinned ? 'Unpin this pair' : 'Pin this pair to compare'}
          title={isPinned ? 'Unpin' : 'Pin to compare'}
          onClick={() => (view.pins.value = isPinned ? others : [...others, pair])}
        >
          <PinIcon />
        </IconButton>
      }
    >
      <div class={styles.steps}>
        <Steps name={from.name} onStep={step => move('from', step, from.channels)} />
        <Steps name={to.name} onStep={step => move('to', step, to.channels)} />
      </div>
      <div class={drawerStyles.body} tabIndex={0} role="region" aria-label="Pins and maps">
        {others.length > 0 && <Pins pins={others} />}
        <Maps />
      </div>
    </Drawer>
  );
}

function Steps({name, onStep}: {name: string; onStep: (step: number) => void}) {
  return (
    <div class={styles.step} role="group" aria-label={`Channel of ${name}`}>
      <button
        type="button"
        class={`${buttonStyles.root} ${buttonStyles.small}`}
        aria-label={`Previous channel of ${name}`}
        onClick={() => onStep(-1)}
      >
        ‹
      </button>
      <span>{name}</span>
      <button
        type="button"
        class={`${buttonStyles.root} ${buttonStyles.small}`}
        aria-label={`Next channel of ${name}`}
        onClick={() => onStep(1)}
      >
        ›
      </button>
    </div>
  );
}

/** Pairs that were kept, each with its capacity over the epochs that are known, and at the clock's. */
function Pins({pins}: {pins: readonly {from: number; to: number}[]}) {
  const known = capacityOverTime.value.value ?? [];
  const now = capacity.value.value;
  const lines = pins.map(pin => known.map(entry => valueAt(entry, pin)));
  const top = Math.max(0, ...lines.flat().map(value => value ?? 0));
  const marked = known.findIndex(({epoch}) => epoch === now?.epoch);
  return (
    <ul class={styles.pins} aria-label="Pinned pairs">
      {pins.map((pin, i) => (
        <li key={`${pin.from} ${pin.to}`}>
          <button
            type="button"
            class={`${buttonStyles.root} ${buttonStyles.small}`}
            onClick={() => (view.pair.value = pin)}
          >
            {pin.from} and {pin.to}
          </button>
          <Sparkline values={lines[i] ?? []} top={top} marked={marked} />
          <span>{now ? bits(valueAt(now, pin)) : 'Loading…'}</span>
        </li>
      ))}
    </ul>
  );
}

function Maps() {
  const loaded = pairSamples.value.value;
  const error = pairSamples.error.value;
  const look = theme.value;
  const input = detail.value.value?.info.layers[0];
  const columns = useMemo(() => {
    if (!loaded || !input) return null;
    const range = pictureRange(loaded.inputs.map(row => row.input));
    return {
      inputs: new Map(loaded.inputs.map(row => [row.sample, samplePicture(row.input, input, range)])),
      from: picturesBySample(loaded.from, look),
      to: picturesBySample(loaded.to, look),
    };
  }, [loaded, input, look]);
  if (error) {
    return <Failure message={error.message} onRetry={() => pairSamples.retry()} />;
  }
  if (!loaded || !columns) return null;
  const [from, to] = loaded.layers;
  return (
    <table class={sampleRowsStyles.root}>
      <thead>
        <tr>
          <th scope="col">input</th>
          <th scope="col">
            {from} · {loaded.cell.from}
          </th>
          <th scope="col">
            {to} · {loaded.cell.to}
          </th>
        </tr>
      </thead>
      <tbody>
        {loaded.inputs.map(({sample, label}) => (
          <tr key={sample}>
            <PictureCell
              label={`Input of sample ${sample}${label === NO_LABEL ? '' : `, class ${className(classes.value, label)}`}`}
              picture={columns.inputs.get(sample)}
            />
            <PictureCell label={`Map of ${from} for sample ${sample}`} picture={columns.from.get(sample)} />
            <PictureCell label={`Map of ${to} for sample ${sample}`} picture={columns.to.get(sample)} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The maps of one channel on one scale. */
function picturesBySample({shape, maps}: PairSamples['from'], look: Theme): Map<number, Picture> {
  const {draw} = mapScale(maps.values(), look.name);
  return new Map(Array.from(maps, ([sample, map]) => [sample, draw(map, shape)]));
}

function valueAt({matrix}: Capacity, {from, to}: {from: number; to: number}): number | null {
  const value = matrix.bits[from * matrix.columns + to];
  return value === undefined || Number.isNaN(value) ? null : value;
}

function valueText(loaded: Capacity | null, pair: {from: number; to: number}): string {
  if (!loaded) return 'Loading…';
  const {matrix, epoch} = loaded;
  return `${bits(valueAt(loaded, pair))} at epoch ${epoch}, N = ${matrix.n ?? '?'}, ${matrix.bins ?? '?'} bins`;
}
