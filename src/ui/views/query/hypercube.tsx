import {useMemo} from 'preact/hooks';
import {Cube} from '../../charts/cube.js';
import {classColour} from '../../charts/palette.js';
import {RangeStrip} from '../../charts/range-strip.js';
import {tip} from '../../charts/tooltip.js';
import {cutClasses, cutEpochs, cutLayers, type Cut} from '../../model/cut.js';
import {classesInWords, epochsInWords, layersInWords} from '../../model/cut-words.js';
import {className} from '../../model/format.js';
import type {RunAxes} from '../../model/view-of-query.js';
import {CloseIcon} from '../../kit/icons.js';
import {theme} from '../../kit/theme.js';
import {submitQuery, axes, chooseLayer, cut, selectAgain} from '../../state/query.js';
import {currentEpoch} from '../../state/runs.js';
import {currentLayer} from '../../state/chosen-layers.js';
import {view} from '../../state/view-state.js';
import {cubeSpec} from './hypercube-spec.js';
import * as styles from './hypercube.module.css';

/** The cut of a text that is not in the notation. */
export const nothing: Cut = {layers: new Map(), classes: null, epochs: []};

/**
 * The hypercube dCNN(X, L, C, T) as the paper draws it: layers as slabs from left to right, channels as rows, samples by
 * class in depth, epochs below. What the query is of stands out, and cutting changes the query.
 */
export function Hypercube() {
  const run = axes.value;
  const chosen = cut.value ?? nothing;
  return (
    <div
      onKeyDown={event => {
        if (event.key === 'Enter' && !(event.target as HTMLElement).closest('button')) submitQuery();
      }}
    >
      <Layers run={run} chosen={chosen} />
      {run.classes.length > 0 && <Classes run={run} chosen={chosen} />}
      <Epochs run={run} chosen={chosen} />
    </div>
  );
}

function Layers({run, chosen}: {run: RunAxes; chosen: Cut}) {
  const current = currentLayer.value?.index ?? -1;
  const channel = view.channel.value;
  // The clock is part of the query and not of the drawing: its steps leave the slabs and their cuts as they are.
  const cuts = JSON.stringify([...chosen.layers, chosen.classes]);
  const spec = useMemo(
    () => cubeSpec(run, chosen, current >= 0 && channel !== null ? {slab: current, row: channel} : null),
    [run.layers, run.classes, cuts, current, channel],
  );
  const words = chosen === nothing ? '' : layersInWords(chosen, run);
  const isAll = chosen.layers.size === run.layers.length && [...chosen.layers.values()].every(rows => !rows);
  const isWhole = isAll || chosen.layers.size === 0;
  return (
    <>
      <AxisHead
        name="Layers × channels"
        words={words}
        reset={isWhole ? null : ['Take all layers and channels', () => cutAll(run)]}
      />
      <Cube
        label="Hypercube: layers from left to right, channels from top to bottom, classes in depth"
        spec={spec}
        words={words}
        isWhole={isWhole}
        onHover={at => {
          const layer = at && run.layers[at.slab];
          tip.value =
            at && layer
              ? {
                  ...{x: at.x, y: at.y, title: `${at.slab} ${layer.name}`},
                  lines: [
                    {label: layer.className, value: `${layer.channels} channels`},
                    ...(at.row < layer.channels ? [{label: 'channel', value: String(at.row)}] : []),
                  ],
                }
              : null;
        }}
        onSelect={range =>
          range
            ? selectAgain((query, known) => cutLayers(query, known, range.slabs, range.rows))
            : cutAll(run)
        }
        onPick={slab => {
          const layer = run.layers[slab];
          if (layer) chooseLayer(layer.name);
        }}
      />
    </>
  );
}

function Classes({run, chosen}: {run: RunAxes; chosen: Cut}) {
  const look = theme.value;
  const cells = run.classes.map((_, index) => ({
    label: className(run.classes, index),
    colour: classColour(look, index),
    isMarked: view.focusClass.value === index,
  }));
  return (
    <>
      <AxisHead
        name="Classes"
        words={chosen === nothing ? '' : classesInWords(chosen, run)}
        reset={
          chosen.classes === null
            ? null
            : [
                'Take all classes together',
                () => selectAgain((query, known) => cutClasses(query, known, null)),
              ]
        }
      />
      <RangeStrip
        label="Classes"
        cells={cells}
        theme={theme.value}
        selected={new Set(chosen.classes ?? [])}
        isWhole={chosen.classes === null}
        onHover={at =>
          (tip.value = at && {x: at.x, y: at.y, title: `class ${cells[at.cell]?.label}`, lines: []})
        }
        onSelect={span => selectAgain((query, known) => cutClasses(query, known, span))}
      />
    </>
  );
}

function Epochs({run, chosen}: {run: RunAxes; chosen: Cut}) {
  const cells = run.epochs.map(epoch => ({
    label: `epoch ${epoch}`,
    isMarked: epoch === currentEpoch.value,
  }));
  const at = new Map(run.epochs.map((epoch, i) => [epoch, i]));
  const isWhole = chosen.epochs.length === run.epochs.length;
  return (
    <>
      <AxisHead
        name="Epochs"
        words={chosen === nothing ? '' : epochsInWords(chosen, run)}
        reset={
          isWhole
            ? null
            : ['Take all epochs', () => selectAgain((query, known) => cutEpochs(query, known, null))]
        }
      />
      <RangeStrip
        label="Epochs"
        cells={cells}
        theme={theme.value}
        selected={new Set(chosen.epochs.map(epoch => at.get(epoch) ?? -1))}
        isWhole={isWhole}
        onHover={at => (tip.value = at && {x: at.x, y: at.y, title: cells[at.cell]?.label ?? '', lines: []})}
        onSelect={span =>
          selectAgain((query, known) =>
            cutEpochs(
              query,
              known,
              span && {from: known.epochs[span.from] ?? 0, to: known.epochs[span.to] ?? 0},
            ),
          )
        }
      />
    </>
  );
}

function AxisHead({
  name,
  words,
  reset,
}: {
  name: string;
  words: string;
  reset: [label: string, act: () => void] | null;
}) {
  return (
    <div class={styles.axisHead}>
      <span>{name}</span>
      <span class={styles.axisWords} title={words}>
        {words}
      </span>
      {reset && (
        <button
          type="button"
          class={styles.axisReset}
          aria-label={reset[0]}
          title={reset[0]}
          onClick={reset[1]}
        >
          <CloseIcon />
        </button>
      )}
    </div>
  );
}

function cutAll(run: RunAxes): void {
  selectAgain((query, known) => cutLayers(query, known, {from: 0, to: run.layers.length - 1}, null));
}
