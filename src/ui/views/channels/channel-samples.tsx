import {
  divergingPalette,
  largestSize,
  mapScale,
  NO_LABEL,
  pictureRange,
  samplePicture,
  signedPicture,
  type PredictionsRow,
  type LayerInfo,
  type Picture as Pixels,
} from '../../../shared/index.js';
import {useMemo} from 'preact/hooks';
import type {Theme} from '../../charts/palette.js';
import {className, metric} from '../../model/format.js';
import {theme} from '../../kit/theme.js';
import {
  channelPictures,
  channelSamples,
  maxSamples,
  samplesAtOnce,
  type ChannelPictures,
  type ChannelSamples as Samples,
} from '../../state/channel-tables.js';
import {currentLayer} from '../../state/chosen-layers.js';
import {classes, detail} from '../../state/run-detail.js';
import {view} from '../../state/view-state.js';
import {ClassSelect} from '../class-select.js';
import {PictureCell, type PictureCellProps} from '../picture-cell.js';
import {Failure} from '../../kit/failure.js';
import * as buttonStyles from '../../kit/button.module.css';
import * as panelMessageStyles from '../../kit/panel-message.module.css';
import * as progressStyles from '../../kit/progress.module.css';
import * as sampleRowsStyles from '../sample-rows.module.css';
import * as styles from './channel-samples.module.css';

/** Samples in rows: input, the channel's feature map, and what of the input it answers to. */
export function ChannelSamples() {
  const samples = channelSamples.value.value;
  const pictures = picturesShown();
  const failed = channelSamples.error.value
    ? channelSamples
    : channelPictures.error.value
      ? channelPictures
      : null;
  const isSlow = channelSamples.slow.value || channelPictures.slow.value;
  return (
    <section class={styles.root} aria-label="Samples" aria-busy={isSlow}>
      {isSlow && <div class={progressStyles.root} role="status" aria-label="Loading the samples" />}
      <SampleChoice samples={samples} />
      {failed && <Failure message={failed.error.value?.message ?? ''} onRetry={() => failed.retry()} />}
      {pictures?.problem && (
        <p class={styles.noProjection} role="status">
          No projections: {pictures.problem}
        </p>
      )}
      {samples && samples.shown.length === 0 && <p class={panelMessageStyles.root}>{noSamples(samples)}</p>}
      {samples && samples.shown.length > 0 && <SampleRows samples={samples} pictures={pictures} />}
      {samples && samples.available > samples.shown.length && (
        <button
          type="button"
          class={`${buttonStyles.root} ${buttonStyles.small}`}
          onClick={() => (maxSamples.value += samplesAtOnce)}
        >
          Show more samples
        </button>
      )}
    </section>
  );
}

/** The pictures of the opened channel; null while those of another one are there. */
function picturesShown(): ChannelPictures | null {
  const loaded = channelPictures.value.value;
  const isShown = loaded?.channel === view.channel.value && loaded.layer === currentLayer.value?.name;
  return isShown ? loaded : null;
}

/** Why a sample has no map or projection: what was asked for and is not there was not stored. */
function whyMissing(pictures: ChannelPictures | null, sample: number): PictureCellProps['missing'] {
  if (channelPictures.error.value) return 'not loaded';
  return pictures?.samples.includes(sample) ? 'not stored' : 'loading…';
}

function SampleChoice({samples}: {samples: Samples | null}) {
  const chosen = view.samplesOf.value;
  const byClass = samples !== null && samples.predictions.length > 0;
  return (
    <div class={styles.choice}>
      {byClass && (
        <ClassSelect
          chosen={chosen}
          onChoose={index => {
            maxSamples.value = samplesAtOnce;
            view.samplesOf.value = index;
          }}
        />
      )}
      <span class="faint">{samples && `${samples.shown.length} of ${samples.available}`}</span>
    </div>
  );
}

function SampleRows({samples, pictures}: {samples: Samples; pictures: ChannelPictures | null}) {
  const look = theme.value;
  const input = detail.value.value?.info.layers[0];
  const inputs = useMemo(() => inputPictures(samples, input), [samples, input]);
  const maps = useMemo(() => pictures && mapPictures(pictures, look), [pictures, look]);
  const projections = useMemo(() => pictures && projectionPictures(pictures, look), [pictures, look]);
  return (
    <table class={sampleRowsStyles.root}>
      <thead>
        <tr>
          <ColumnHead name="input" scale={inputs.scale} />
          <ColumnHead name="feature map" scale={maps?.scale ?? ''} />
          {projections && <ColumnHead name="projection" scale={projections.scale} />}
        </tr>
      </thead>
      <tbody>
        {samples.inputs.map(row => (
          <>
            <tr key={row.sample}>
              <PictureCell label={`Input of sample ${row.sample}`} picture={inputs.of.get(row.sample)} />
              <PictureCell
                label={`Feature map of sample ${row.sample}`}
                picture={maps?.of.get(row.sample)}
                missing={whyMissing(pictures, row.sample)}
              />
              {projections && (
                <PictureCell
                  label={`Projection of sample ${row.sample}`}
                  picture={projections.of.get(row.sample)}
                  missing={whyMissing(pictures, row.sample)}
                />
              )}
            </tr>
            <tr key={`${row.sample} caption`} class={sampleRowsStyles.caption}>
              <td colSpan={projections ? 3 : 2}>{captionOf(samples, row)}</td>
            </tr>
          </>
        ))}
      </tbody>
    </table>
  );
}

function ColumnHead({name, scale}: {name: string; scale: string}) {
  return (
    <th scope="col">
      {name}
      <small>{scale}</small>
    </th>
  );
}

/** The pictures of every sample: inputs, and the feature maps and projections where there are some. */
export function picturesOf(
  samples: Samples,
  pictures: ChannelPictures | null,
  look: Theme,
): ({name: string} & Column)[] {
  const projections = pictures && projectionPictures(pictures, look);
  return [
    {name: 'input', ...inputPictures(samples, detail.value.value?.info.layers[0])},
    ...(pictures ? [{name: 'feature map', ...mapPictures(pictures, look)}] : []),
    ...(projections ? [{name: 'projection', ...projections}] : []),
  ];
}

interface Column {
  /** Explains the ends of its colour scale. */
  scale: string;
  of: Map<number, Pixels | undefined>;
}

function inputPictures({inputs}: Samples, input: LayerInfo | undefined): Column {
  const range = pictureRange(inputs.map(row => row.input));
  return {
    scale: rangeText(range[0], range[1]),
    of: new Map(inputs.map(row => [row.sample, input && samplePicture(row.input, input, range)])),
  };
}

function mapPictures({maps: {shape, maps}}: ChannelPictures, look: Theme): Column {
  const {limit, isSigned, draw} = mapScale(maps.values(), look.name);
  return {
    scale: rangeText(isSigned ? -limit : 0, limit),
    of: new Map(Array.from(maps, ([sample, map]) => [sample, draw(map, shape)])),
  };
}

function projectionPictures({projections}: ChannelPictures, look: Theme): Column | null {
  if (!projections) return null;
  const {shape, of} = projections;
  const limit = largestSize([...of.values()]);
  const palette = divergingPalette(look.name);
  return {
    scale: limit === 0 ? 'all 0' : rangeText(-limit, limit),
    of: new Map([...of].map(([sample, values]) => [sample, signedPicture(values, shape, {limit, palette})])),
  };
}

function rangeText(low: number, high: number): string {
  return `${metric(low)} … ${metric(high)}`.replaceAll('-', '−');
}

/** A sample with its class, and what the model says of it. */
export function captionOf({predictions}: Samples, {sample, label}: {sample: number; label: number}): string {
  const row = predictions.find(other => other.sample === sample);
  const predicted = row ? ` · ${predictionText(row)}` : '';
  const sure = row && row.probability !== null ? ` · p ${row.probability.toFixed(2)}` : '';
  const truth = label === NO_LABEL ? '' : ` · label ${className(classes.value, label)}`;
  return `sample ${sample}${truth}${predicted}${sure}`;
}

function predictionText({predicted, probability}: PredictionsRow): string {
  // An earlier version took the first class of an output that is not finite.
  const isNone = predicted === NO_LABEL || probability === null;
  return isNone
    ? 'no prediction: the output is NaN or infinite'
    : `predicted ${className(classes.value, predicted)}`;
}

function noSamples({total}: Samples): string {
  return total > 0
    ? 'The activations of these samples are not stored: start the run with activations: "all".'
    : 'The probe has no sample of this class.';
}
