import {useEffect, useRef} from 'preact/hooks';
import {ExportIcon} from './icons.js';
import {Menu} from './menu.js';
import {exportFormats, savePanel, type PanelContent} from './panel-export.js';
import {offerPanel, withdrawPanel} from './panels.js';
import * as menuStyles from './menu.module.css';

/**
 * The button of a panel, a drawer or a part of the rail that saves what it shows. While it is on the page, the page's export
 * menu has the content, too.
 */
export function ExportMenu({content}: {content: PanelContent}) {
  const host = useRef<HTMLDivElement>(null);
  const {name, title} = content;
  useEffect(() => () => withdrawPanel(name), [name]);
  useEffect(() => {
    if (host.current) offerPanel(content, host.current);
  });
  return (
    <div ref={host}>
      <Menu label={`Export ${title}`} button={<ExportIcon />}>
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
    </div>
  );
}
