import {signal} from '@preact/signals';
import {useEffect, useRef} from 'preact/hooks';
import {CloseIcon} from './icons.js';

export const isHelpOpen = signal(false);

const keys: [key: string, does: string][] = [
  ['← →', 'previous, next captured epoch'],
  ['Home End', 'first, last epoch'],
  ['Space', 'play or stop'],
  ['1 2 3', 'Performance, Layers, Channels'],
  ['/', 'write a query; Enter asks it'],
  ['[ ]', 'previous, next layer'],
  ['arrow keys', 'move inside the matrix, the channel charts or the circles once one has the focus'],
  ['Enter', 'open the cell or channel, zoom into the class'],
  ['Shift Enter', 'make a pair with the layer chosen before'],
  ['Esc', 'close what is open, zoom out'],
  ['?', 'this list'],
];

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
      <dl>
        {keys.map(([key, does]) => (
          <div key={key}>
            <dt>
              {key.split(' ').map(part => (key === 'arrow keys' ? part + ' ' : <kbd key={part}>{part}</kbd>))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <p class="faint">
        A click on a class marks it everywhere; a click in a chart over time goes to that epoch. The address
        holds all that is chosen.
      </p>
    </dialog>
  );
}
