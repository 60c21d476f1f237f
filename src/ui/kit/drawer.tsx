import type {ComponentChildren} from 'preact';
import {ExportMenu} from './export-menu.js';
import {IconButton} from './icon-button.js';
import {CloseIcon} from './icons.js';
import type {PanelContent} from './panel-export.js';
import {useDrawerFocus} from './use-drawer-focus.js';
import * as progressStyles from './progress.module.css';
import * as styles from './drawer.module.css';

export interface DrawerProps {
  /** Accessible name of the drawer. */
  label: string;
  title: ComponentChildren;
  /** One line below the title, announced when it changes. */
  subtitle: string;
  /** Name of the button that closes it. */
  closeLabel?: string;
  onClose: () => void;
  /** Buttons before the one that closes. */
  tools?: ComponentChildren;
  /** True if its content has been loading long enough to show it. */
  isBusy?: boolean;
  /** Whether pictures side by side need more room. */
  isWide?: boolean;
  onKeyDown?: (event: KeyboardEvent) => void;
  /** Content to export; null while there is none. */
  content: Omit<PanelContent, 'subtitle'> | null;
  children?: ComponentChildren;
}

/** Shows a panel next to the view: a head with its tools, then the content; it takes the focus from its opener. */
export function Drawer({
  label,
  title,
  subtitle,
  closeLabel = 'Close',
  onClose,
  tools,
  isBusy = false,
  isWide = false,
  onKeyDown,
  content,
  children,
}: DrawerProps) {
  const drawer = useDrawerFocus();
  const exported = content && {...content, subtitle};
  return (
    <aside
      class={isWide ? `${styles.root} ${styles.wide}` : styles.root}
      aria-label={label}
      aria-busy={isBusy}
      tabIndex={-1}
      ref={drawer}
      onKeyDown={onKeyDown}
    >
      {isBusy && <div class={progressStyles.root} />}
      <header>
        <div>
          <h2>{title}</h2>
          <p aria-live="polite">{subtitle}</p>
        </div>
        <div class={styles.tools}>
          {tools}
          {exported && <ExportMenu content={exported} />}
          <IconButton label={closeLabel} title={`${closeLabel} (Esc)`} onClick={onClose}>
            <CloseIcon />
          </IconButton>
        </div>
      </header>
      {children}
    </aside>
  );
}
