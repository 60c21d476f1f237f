import {ExportIcon} from './icons.js';
import {Menu} from './menu.js';
import {exportFormats, savePanel, type PanelContent} from './panel-export.js';
import * as menuStyles from './menu.module.css';

/** The button of a panel, a drawer or a part of the rail that saves what it shows. */
export function ExportMenu({content}: {content: PanelContent}) {
  return (
    <Menu label={`Export ${content.title}`} button={<ExportIcon />}>
      {close =>
        exportFormats.map(format => (
          <button
            type="button"
            class={menuStyles.item}
            key={format}
            onClick={() => {
              close();
              void savePanel(content, format);
            }}
          >
            {format.toUpperCase()}
          </button>
        ))
      }
    </Menu>
  );
}
