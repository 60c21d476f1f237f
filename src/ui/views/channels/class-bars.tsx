import {classColour} from '../../charts/palette.js';
import {valueInWords, type ChannelValue} from '../../model/channels-by-class.js';
import {className} from '../../model/format.js';
import {theme} from '../../kit/theme.js';
import {channelClasses, maxSamples, samplesAtOnce} from '../../state/channel-tables.js';
import {currentEpoch} from '../../state/runs.js';
import {classes} from '../../state/run-detail.js';
import {view} from '../../state/view-state.js';
import * as styles from './class-bars.module.css';

/** The channel's entropy for every class at the clock's epoch; a click shows samples of that class. */
export function ClassBars({channel}: {channel: number}) {
  const data = channelClasses.value;
  const epochIndex = data?.epochs.indexOf(currentEpoch.value ?? -1) ?? -1;
  if (!data || epochIndex < 0) return null;
  const at = data.channels.indexOf(channel);
  const values = data.classes.map((_, position) => data.at(position, at, epochIndex));
  const largest = Math.max(0, ...values.map(value => value.bits ?? 0));
  return (
    <ul class={styles.root} aria-label="Entropy by class">
      {values.map(value => (
        <li key={value.class ?? -1}>
          <ClassBar value={value} share={largest > 0 ? (value.bits ?? 0) / largest : 0} />
        </li>
      ))}
    </ul>
  );
}

function ClassBar({value, share}: {value: ChannelValue; share: number}) {
  const name = value.class === null ? 'all' : className(classes.value, value.class);
  const colour = value.class === null ? theme.value.inkFaint : classColour(theme.value, value.class);
  return (
    <button
      type="button"
      class={styles.bar}
      title={`${name}: ${valueInWords(value)}, n ${value.n}`}
      aria-pressed={view.samplesOf.value === value.class}
      onClick={() => {
        maxSamples.value = samplesAtOnce;
        view.samplesOf.value = value.class;
      }}
    >
      <span class={styles.name}>{name}</span>
      <span class={styles.track}>
        <span style={{width: `${share * 100}%`, backgroundColor: colour}} />
      </span>
      <span class={styles.value}>
        {value.bits === null ? 'undefined' : value.isDead ? 'dead' : value.bits.toFixed(2)}
      </span>
      <span class="visually-hidden">
        {valueInWords(value)}, n {value.n}, show samples
      </span>
    </button>
  );
}
