import {useMemo} from 'preact/hooks';
import {circlesPaint} from '../../charts/circles-paint.js';
import {cameraOf, type CirclesSpec} from '../../charts/circles-spec.js';
import {Circles} from '../../charts/circles.js';
import {dotRowsDrawing} from '../../charts/dot-rows-spec.js';
import {paintAt, stacked, type Drawing} from '../../charts/drawing.js';
import {classColour, type Theme} from '../../charts/palette.js';
import {channelDifferences, toggleCompared} from '../../model/class-comparison.js';
import {className} from '../../model/format.js';
import {packing as pack} from '../../model/packing.js';
import {entropyText} from '../../model/query-texts.js';
import {Panel} from '../../kit/panel.js';
import {theme} from '../../kit/theme.js';
import {channelClasses, channelEntropy} from '../../state/channel-tables.js';
import {currentEpoch} from '../../state/runs.js';
import {classes} from '../../state/run-detail.js';
import {view} from '../../state/view-state.js';
import {channelCircles, circleInWords, tipOfCircle} from './channel-circles.js';
import {Differences, differenceSpec, differenceTable} from './class-differences.js';
import {classKey} from '../class-legend.js';
import {openChannel} from './open-channel.js';
import * as panelMessageStyles from '../../kit/panel-message.module.css';
import * as legendStyles from '../legend.module.css';
import * as styles from './classes-panel.module.css';

/** Two or three classes side by side: their circles at one scale, and their channels by difference. */
export function ClassesPanel() {
  const loaded = channelEntropy.value.value;
  const data = channelClasses.value;
  const names = classes.value;
  const look = theme.value;
  const layer = loaded?.layer ?? '';
  const epochIndex = data?.epochs.indexOf(currentEpoch.value ?? -1) ?? -1;
  const compared = comparedClasses(names.length);
  const packing = useMemo(() => data && pack(data.largest, {groups: 1, order: data.order}), [data]);
  const positions = data ? compared.map(index => data.classes.indexOf(index)).filter(at => at >= 0) : [];
  const rows = useMemo(
    () => (data && epochIndex >= 0 ? channelDifferences(data, positions, epochIndex) : null),
    [data, epochIndex, positions.join(' ')],
  );
  const specs = (to: Theme) =>
    data && packing
      ? positions.map((position, i) => {
          const look = {packing, positions: [position], epochIndex, names};
          const spec = channelCircles(data, {...look, look: to, focus: null, channel: view.channel.value});
          // All are at one scale, which the first one tells.
          return i === 0 ? spec : {...spec, key: []};
        })
      : [];
  const drawn = useMemo(
    () => specs(look),
    [data, packing, positions.join(' '), epochIndex, names, look, view.channel.value],
  );
  return (
    <Panel
      title="Classes compared"
      id="class-comparison"
      class={styles.root}
      subtitle={
        data
          ? `epoch ${currentEpoch.value} · circles at one scale · channels by the difference of their mean entropies`
          : ''
      }
      waitsFor={channelEntropy}
      content={
        rows && {
          name: `class-comparison-${layer}`,
          table: () => differenceTable(rows, compared, names),
          source: {
            queries: compared.map(index =>
              entropyText({class: index, layers: [layer], epochs: [currentEpoch.value ?? 0]}),
            ),
          },
          measures: ['intra-sample-entropy'],
          facts: {
            runs: loaded ? [loaded.run] : [],
            ...{layers: [layer], epoch: currentEpoch.value, unit: 'bits'},
            ...(loaded && {bins: loaded.shaped.bins.join(' / ')}),
          },
          keys: to => [classKey(to, compared), {kind: 'note', text: 'area of a circle = bits'}],
          drawing: to => {
            const list = dotRowsDrawing(differenceSpec(rows, compared, to), to, pictureSize.width);
            return stacked([sideBySide(specs(to), to), list]);
          },
        }
      }
    >
      {names.length < 2 && (
        <p class={panelMessageStyles.root}>This run has one class: there is nothing to compare.</p>
      )}
      {data && rows && names.length >= 2 && (
        <>
          <ClassChoice names={names} compared={compared} look={look} />
          <div class={styles.compared}>
            {drawn.map((spec, i) => {
              const shown = {positions: [positions[i] ?? 0], epochIndex, names};
              return (
                <Circles
                  key={i}
                  label={`Channels of ${layer} for class ${className(names, compared[i] ?? 0)}`}
                  spec={spec}
                  theme={look}
                  zoom={0}
                  describe={place => circleInWords(data, place, shown)}
                  onHover={at => tipOfCircle(data, at, {...shown, layer})}
                  onPick={(_, slot) => openChannel(data.channels[slot] ?? 0, compared[i] ?? null)}
                />
              );
            })}
          </div>
          <Differences rows={rows} compared={compared} data={data} layer={layer} look={look} />
        </>
      )}
    </Panel>
  );
}

/** Size of the circles of all compared classes in a picture file, CSS pixels. */
const pictureSize = {width: 880, height: 300};

function sideBySide(specs: readonly CirclesSpec[], look: Theme): Drawing {
  const size = {width: pictureSize.width / Math.max(1, specs.length), height: pictureSize.height};
  return {
    ...pictureSize,
    paint: context =>
      specs.forEach((spec, i) => {
        context.save();
        context.beginPath();
        context.rect(i * size.width, 0, size.width, size.height);
        context.clip();
        const paint = circlesPaint(spec, cameraOf(spec.packing, 0, size), look);
        paintAt(context, {...size, paint}, i * size.width, 0);
        context.restore();
      }),
  };
}

function ClassChoice({names, compared, look}: {names: readonly string[]; compared: number[]; look: Theme}) {
  return (
    <div class={legendStyles.root} role="group" aria-label="Compare two or three classes">
      {names.map((_, index) => (
        <button
          type="button"
          key={index}
          class={legendStyles.item}
          aria-pressed={compared.includes(index)}
          onClick={() => (view.compared.value = toggleCompared(compared, index))}
        >
          <span class="swatch" style={{backgroundColor: classColour(look, index)}} />
          {className(names, index)}
        </button>
      ))}
    </div>
  );
}

/** The chosen classes that the run has; the first two where none are chosen. */
function comparedClasses(count: number): number[] {
  const chosen = view.compared.value.filter(index => index < count);
  return chosen.length >= 2 ? chosen.slice(0, 3) : [0, 1].filter(index => index < count);
}
