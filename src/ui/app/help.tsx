import {signal} from '@preact/signals';
import type {ComponentChildren} from 'preact';
import {useEffect, useRef} from 'preact/hooks';
import {IconButton} from '../kit/icon-button.js';
import {CloseIcon, DownIcon, LeftIcon, RightIcon, UpIcon} from '../kit/icons.js';
import {keyHelp} from './keys.js';
import * as styles from './help.module.css';

export const isHelpOpen = signal(false);

/** Keys whose sign is not their name; arrows are drawn, as not every font has them. */
const signs: Record<string, ComponentChildren> = {
  ArrowLeft: <Arrow name="left" icon={<LeftIcon />} />,
  ArrowRight: <Arrow name="right" icon={<RightIcon />} />,
  ArrowUp: <Arrow name="up" icon={<UpIcon />} />,
  ArrowDown: <Arrow name="down" icon={<DownIcon />} />,
  ' ': 'Space',
  Escape: 'Esc',
};

function Arrow({name, icon}: {name: string; icon: ComponentChildren}) {
  return (
    <>
      {icon}
      <span class="visually-hidden">{name}</span>
    </>
  );
}

/** The list of keys, as a dialog. */
export function Help() {
  const dialog = useRef<HTMLDialogElement>(null);
  const isOpen = isHelpOpen.value;
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  return (
    <dialog
      ref={dialog}
      class={styles.root}
      aria-labelledby="help-title"
      onClose={() => (isHelpOpen.value = false)}
    >
      <header>
        <h2 id="help-title">Keyboard</h2>
        <IconButton label="Close" onClick={() => (isHelpOpen.value = false)}>
          <CloseIcon />
        </IconButton>
      </header>
      <div class={styles.sections}>
        {keyHelp.map(({where, keys}) => (
          <section key={where} aria-label={where}>
            <h3>{where}</h3>
            <dl>
              {keys.map(({keys: names, does}) => (
                <div key={does}>
                  <dt>
                    {names.map(name => (
                      <Keys key={name} name={name} />
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p class="faint">
        A click on a class marks it everywhere; a click in a chart over time goes to that epoch. The address
        holds the whole selection.
      </p>
    </dialog>
  );
}

/** A key, or keys held together. */
function Keys({name}: {name: string}) {
  return (
    <>
      {name.split('+').map(part => (
        <kbd key={part}>{signs[part] ?? part}</kbd>
      ))}
    </>
  );
}
