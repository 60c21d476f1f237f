import type {ComponentChildren} from 'preact';
import {useEffect, useId, useRef, useState} from 'preact/hooks';
import {usePlacement} from './use-placement.js';
import * as iconButtonStyles from './icon-button.module.css';
import * as styles from './menu.module.css';

export interface MenuProps {
  /** The accessible name of what opens, and of a button that shows no text. */
  label: string;
  /** Set where the button shows a text, which it begins its own name with. */
  buttonText?: string;
  /** Label of the button. */
  button: ComponentChildren;
  class?: string;
  align?: 'left' | 'right';
  children: (close: () => void) => ComponentChildren;
}

/** A button that opens a small surface; Esc, a click elsewhere and leaving by Tab close it. */
export function Menu({
  label,
  buttonText,
  button,
  class: className = iconButtonStyles.root,
  align = 'right',
  children,
}: MenuProps) {
  const [isOpen, setOpen] = useState(false);
  const host = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const surface = usePlacement(isOpen, opener, align);
  const id = useId();
  const close = (): void => {
    setOpen(false);
    opener.current?.focus();
  };

  useEffect(() => {
    if (!isOpen) return;
    const outside = (event: Event): void => {
      if (!host.current?.contains(event.target as Node)) setOpen(false);
    };
    // Wherever the focus is: nothing else has the key while a menu is open.
    const escape = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      close();
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('focusin', outside);
    document.addEventListener('keydown', escape);
    return () => {
      document.removeEventListener('keydown', escape);
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('focusin', outside);
    };
  }, [isOpen]);

  return (
    <div class={styles.host} ref={host}>
      <button
        type="button"
        ref={opener}
        class={className}
        aria-label={buttonText === undefined ? label : `${buttonText}, ${label}`}
        title={label}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        {button}
      </button>
      <div
        id={id}
        ref={surface}
        class={styles.root}
        popover="manual"
        role="group"
        aria-label={label}
        hidden={!isOpen}
      >
        {isOpen && children(close)}
      </div>
    </div>
  );
}
