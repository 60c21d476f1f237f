import {primaryRun} from '../state/runs.js';
import {view} from '../state/view-state.js';
import {ExpressionBox} from '../views/query/expression-box.js';
import {HistoryButtons} from '../views/query/history-buttons.js';
import {FindingsMenu} from './findings-menu.js';
import {isHelpOpen} from './help.js';
import {IconButton} from '../kit/icon-button.js';
import {MoonIcon, ScreenIcon, SunIcon} from '../kit/icons.js';
import {PageExport} from './page-export.js';
import {RunPicker} from './run-picker.js';
import {nextTheme} from '../kit/theme.js';
import * as styles from './header.module.css';

const themeIcons = {system: <ScreenIcon />, light: <SunIcon />, dark: <MoonIcon />};

/** Name, runs, the query, findings, export, help and theme. */
export function Header() {
  return (
    <header class={styles.root}>
      <h1>CNNSlicer</h1>
      <RunPicker />
      {primaryRun.value ? (
        <>
          <HistoryButtons />
          <ExpressionBox />
          <FindingsMenu />
        </>
      ) : (
        <span class={styles.spacer} />
      )}
      <PageExport />
      <IconButton label="Keyboard help" title="Keyboard (?)" onClick={() => (isHelpOpen.value = true)}>
        <span class={styles.glyph}>?</span>
      </IconButton>
      <IconButton label={`Theme: ${view.theme.value}`} onClick={nextTheme}>
        {themeIcons[view.theme.value]}
      </IconButton>
    </header>
  );
}
