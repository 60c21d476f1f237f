import {primaryRun, selectedRuns} from '../state/runs.js';
import {DownIcon} from '../kit/icons.js';
import {Menu} from '../kit/menu.js';
import {colourOfRun} from '../kit/run-colour.js';
import {theme} from '../kit/theme.js';
import {RunTable} from './run-table.js';
import * as styles from './run-picker.module.css';

/** Chooses the primary run, and the runs compared with it. */
export function RunPicker() {
  const primary = primaryRun.value;
  if (!primary) return null;
  const others = selectedRuns.value.length - 1;
  const shown = others > 0 ? `${primary.name} + ${others}` : primary.name;
  const button = (
    <>
      <span class="swatch" style={{backgroundColor: colourOfRun(theme.value, primary.id)}} />
      <span class={styles.buttonName}>{primary.name}</span>
      {others > 0 && <span class="faint">+ {others}</span>}
      <DownIcon />
    </>
  );
  return (
    <Menu label="Runs" buttonText={shown} button={button} class={styles.button} align="left">
      {close => <RunTable close={close} />}
    </Menu>
  );
}
