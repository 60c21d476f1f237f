import {primaryRun} from '../state/runs.js';
import {view} from '../state/view-state.js';
import {ExpressionBox} from '../views/query/expression-box.js';
import {HistoryButtons} from '../views/query/history-buttons.js';
import {FindingsMenu} from './findings-menu.js';
import {isHelpOpen} from './help.js';
import {IconButton} from '../kit/icon-button.js';
import {ExportIcon, MoonIcon, ScreenIcon, SunIcon} from '../kit/icons.js';
import {Menu} from '../kit/menu.js';
import {exportFormats, savePanel} from '../kit/panel-export.js';
import {panels} from '../kit/panels.js';
import {RunPicker} from './run-picker.js';
import {nextTheme} from '../kit/theme.js';
import {useCopy} from '../kit/use-copy.js';
import * as buttonStyles from '../kit/button.module.css';
import * as menuStyles from '../kit/menu.module.css';
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
      <ExportMenu />
      <IconButton label="Keyboard help" title="Keyboard (?)" onClick={() => (isHelpOpen.value = true)}>
        <span class={styles.glyph}>?</span>
      </IconButton>
      <IconButton label={`Theme: ${view.theme.value}`} onClick={nextTheme}>
        {themeIcons[view.theme.value]}
      </IconButton>
    </header>
  );
}

function ExportMenu() {
  const {copied, copy} = useCopy();
  return (
    <Menu label="Export" button={<ExportIcon />}>
      {close => (
        <div class={styles.exportList}>
          <button type="button" class={menuStyles.item} onClick={() => void copy(window.location.href)}>
            {copied ? 'Link copied' : 'Copy link to this view'}
          </button>
          {panels.value.map(panel => (
            <div class={styles.exportRow} key={panel.name}>
              <span>{panel.title}</span>
              {exportFormats.map(format => (
                <button
                  type="button"
                  class={`${buttonStyles.root} ${buttonStyles.small}`}
                  key={format}
                  aria-label={`${panel.title} as ${format.toUpperCase()}`}
                  onClick={() => {
                    close();
                    void savePanel(panel, format);
                  }}
                >
                  {format.toUpperCase()}
                </button>
              ))}
            </div>
          ))}
        </div>
      )}
    </Menu>
  );
}
