import {view} from '../state/view-state.js';
import {Explain} from './explain.js';
import {ExportMenu} from './export-menu.js';
import {IconButton} from './icon-button.js';
import {CopyIcon, FullIcon, TableIcon} from './icons.js';
import {sourceText, type PanelContent} from './panel-export.js';
import {useCopy} from './use-copy.js';
import * as panelStyles from './panel.module.css';

export interface PanelToolsProps {
  id: string;
  content: PanelContent;
  asTable: boolean;
  onTable: (asTable: boolean) => void;
}

/** The toolbar of a panel: its table, the query behind it, files, and its full size. */
export function PanelTools({id, content, asTable, onTable}: PanelToolsProps) {
  const {title} = content;
  const isFull = view.full.value === id;
  return (
    <div class={panelStyles.tools}>
      {content.measures && <Explain title={title} measures={content.measures} facts={content.facts} />}
      <IconButton
        aria-pressed={asTable}
        label={`${title} as a table`}
        title="As a table"
        onClick={() => onTable(!asTable)}
      >
        <TableIcon />
      </IconButton>
      <CopySource content={content} />
      <ExportMenu content={content} />
      <IconButton
        aria-pressed={isFull}
        label={`${title} in full size`}
        title={isFull ? 'Back to all panels (Esc)' : 'Full size'}
        onClick={() => (view.full.value = isFull ? null : id)}
      >
        <FullIcon />
      </IconButton>
    </div>
  );
}

function CopySource({content: {title, source}}: {content: PanelContent}) {
  const {copied, copy} = useCopy();
  const text = sourceText(source);
  const what = 'queries' in source ? 'query' : 'address';
  return (
    <IconButton
      label={copied ? `Copied the ${what} of ${title}` : `Copy the ${what} of ${title}`}
      title={copied ? 'Copied' : `Copy ${what}: ${text}`}
      onClick={() => void copy(text)}
    >
      <CopyIcon isDone={copied} />
    </IconButton>
  );
}
