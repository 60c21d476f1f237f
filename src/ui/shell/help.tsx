import {signal} from '@preact/signals';
import {useEffect, useRef} from 'preact/hooks';
import {CloseIcon} from './icons.js';
import {keyHelp} from './keys.js';

export const isHelpOpen = signal(false);

/** Keys whose sign is not their name. */
const signs: Record<string, string> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ' ': 'Space',
  Escape: 'Esc',
};

/** The list of keys, as a dialog. */
export function Help() {
  const dialog = useRef<HTMLDialogElement>(null);
  const isOpen = isHelpOpen.value;
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  return (
    <dialog ref={dialog} class="help" aria-labelledby="help-title" onClose={() => (isHelpOpen.value = false)}>
      <header>
        <h2 id="help-title">Keyboard</h2>
        <button
          type="button"
          class="icon-button"
          aria-label="Close"
          onClick={() => (isHelpOpen.value = false)}
        >
          <CloseIcon />
        </button>
      </header>
      <div class="help-sections">
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
        holds all that is chosen.
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
