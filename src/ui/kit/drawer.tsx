import type {ComponentChildren} from 'preact';
import {CloseIcon} from './icons.js';
import {useDrawerFocus} from './use-drawer-focus.js';

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
  class?: string;
  onKeyDown?: (event: KeyboardEvent) => void;
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
  class: className,
  onKeyDown,
  children,
}: DrawerProps) {
  const drawer = useDrawerFocus();
  return (
    <aside
      class={className ? `drawer ${className}` : 'drawer'}
      aria-label={label}
      aria-busy={isBusy}
      tabIndex={-1}
      ref={drawer}
      onKeyDown={onKeyDown}
    >
      {isBusy && <div class="progress" />}
      <header>
        <div>
          <h2>{title}</h2>
          <p aria-live="polite">{subtitle}</p>
        </div>
        <div class="drawer-tools">
          {tools}
          <button
            type="button"
            class="icon-button"
            aria-label={closeLabel}
            title={`${closeLabel} (Esc)`}
            onClick={onClose}
          >
            <CloseIcon />
          </button>
        </div>
      </header>
      {children}
    </aside>
  );
}
