import {effect, untracked} from '@preact/signals';
import {missingValues} from '../model/missing-values.js';
import {currentLayer, layerPair} from './chosen-layers.js';
import {linkProblems, linksFollowed} from './link.js';
import {detail} from './run-detail.js';
import {epochs, primaryRun} from './runs.js';
import {amend, snapshot} from './view-state.js';

/**
 * Looks at each link that is followed, once its run is known: what the run does not have is reported, and replaced by
 * what is shown instead. Returns what ends it.
 */
export function checkLinks(): () => void {
  let checked = 0;
  return effect(() => {
    const links = linksFollowed.value;
    const known = detail.value.value;
    const run = primaryRun.value;
    if (links === checked || !known || known.summary.id !== run?.id) return;
    checked = links;
    untracked(() => {
      const {name} = run;
      const {layers, classes} = known.info;
      const shown = {layer: currentLayer.value, pair: layerPair.value};
      const {problems, instead} = missingValues(
        snapshot(),
        {name, epochs: epochs.value, layers, classes},
        shown,
      );
      if (problems.length === 0) return;
      linkProblems.value = [...linkProblems.value, ...problems];
      amend(instead);
    });
  });
}
