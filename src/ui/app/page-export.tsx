import {useState} from 'preact/hooks';
import {plural} from '../model/format.js';
import {ExportIcon} from '../kit/icons.js';
import {Menu} from '../kit/menu.js';
import {
  exportFormats,
  pictureTheme,
  savePanel,
  saveSheet,
  type ExportFormat,
  type PanelContent,
} from '../kit/panel-export.js';
import {offeredPanels} from '../kit/panels.js';
import {Segmented} from '../kit/segmented.js';
import {useCopy} from '../kit/use-copy.js';
import * as buttonStyles from '../kit/button.module.css';
import * as menuStyles from '../kit/menu.module.css';
import * as styles from './page-export.module.css';

/** Saves everything on the page: a panel as a file, or the ticked ones together as a figure sheet. */
export function PageExport() {
  const {copied, copy} = useCopy();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const toggle = (name: string): void => {
    setLeft(new Set(left.has(name) ? [...left].filter(other => other !== name) : [...left, name]));
  };
  const panels = offeredPanels();
  const chosen = panels.filter(({name}) => !left.has(name));
  return (
    <Menu label="Export" button={<ExportIcon />}>
      {close => (
        <div class={styles.root}>
          <button type="button" class={menuStyles.item} onClick={() => void copy(window.location.href)}>
            {copied ? 'Link copied' : 'Copy link to this view'}
          </button>
          {panels.map(panel => (
            <PanelRow
              key={panel.name}
              panel={panel}
              isChosen={!left.has(panel.name)}
              onToggle={() => toggle(panel.name)}
              close={close}
            />
          ))}
          <div class={styles.sheet}>
            <span>Figure sheet, {plural(chosen.length, 'panel')}</span>
            {(['png', 'svg'] as const).map(format => (
              <FormatButton
                key={format}
                of="Figure sheet"
                format={format}
                isDisabled={chosen.length === 0}
                onSave={() => {
                  close();
                  void saveSheet(chosen, format);
                }}
              />
            ))}
          </div>
          <div class={styles.sheet}>
            <span>Pictures are</span>
            <Segmented
              label="Theme of saved pictures"
              value={pictureTheme.value}
              choices={[
                ['light', 'Light'],
                ['dark', 'Dark'],
              ]}
              onChange={choice => (pictureTheme.value = choice)}
            />
          </div>
        </div>
      )}
    </Menu>
  );
}

function PanelRow({
  panel,
  isChosen,
  onToggle,
  close,
}: {
  panel: PanelContent;
  isChosen: boolean;
  onToggle: () => void;
  close: () => void;
}) {
  return (
    <div class={styles.row}>
      <label title="On the figure sheet">
        <input type="checkbox" checked={isChosen} onChange={onToggle} />
        {panel.title}
      </label>
      {exportFormats.map(format => (
        <FormatButton
          key={format}
          of={panel.title}
          format={format}
          onSave={() => {
            close();
            void savePanel(panel, format);
          }}
        />
      ))}
    </div>
  );
}

interface FormatButtonProps {
  of: string;
  format: ExportFormat;
  isDisabled?: boolean;
  onSave: () => void;
}

function FormatButton({of, format, isDisabled = false, onSave}: FormatButtonProps) {
  const name = format.toUpperCase();
  return (
    <button
      type="button"
      class={`${buttonStyles.root} ${buttonStyles.small}`}
      aria-label={`${of} as ${name}`}
      disabled={isDisabled}
      onClick={onSave}
    >
      {name}
    </button>
  );
}
