import {useState} from 'preact/hooks';
import {suggestions, type Suggestion} from '../../model/completions.js';
import {axes, expression, write} from '../../state/query.js';

/** The list of suggestions at the cursor: open while one types, closed by Escape and by leaving. */
export function useSuggestions(input: {current: HTMLInputElement | null}) {
  const [hasFocus, setFocus] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const [cursor, setCursor] = useState(0);
  const [active, setActive] = useState(-1);
  const text = expression.value;
  const items = isOpen && hasFocus ? suggestions(text, Math.min(cursor, text.length), axes.value) : [];

  const follow = (): void => {
    const at = input.current?.selectionStart ?? 0;
    if (at === cursor) return;
    setCursor(at);
    setActive(-1);
  };
  const open = (): void => {
    setOpen(true);
    setActive(-1);
    setCursor(input.current?.selectionStart ?? 0);
  };
  const close = (): void => {
    setOpen(false);
    setActive(-1);
  };
  const take = ({from, to, text: chosen}: Suggestion): void => {
    const element = input.current;
    const next = text.slice(0, from) + chosen + text.slice(to);
    write(next);
    if (!element) return;
    // The cursor is after the accepted text, even before the next drawing.
    element.value = next;
    element.setSelectionRange(from + chosen.length, from + chosen.length);
    open();
  };
  const press = (event: KeyboardEvent): void => {
    const chosen = items[active];
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (step !== undefined) {
      event.preventDefault();
      if (items.length === 0) open();
      else setActive((active + step + items.length + (active < 0 && step < 0 ? 1 : 0)) % items.length);
    } else if (chosen && (event.key === 'Enter' || event.key === 'Tab')) {
      event.preventDefault();
      take(chosen);
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      if (items.length > 0) close();
      else input.current?.blur();
    }
  };
  return {
    items,
    active,
    hasFocus,
    open,
    close,
    follow,
    take,
    press,
    focus: () => {
      setFocus(true);
      setCursor(input.current?.selectionStart ?? 0);
    },
    blur: () => {
      setFocus(false);
      close();
    },
  };
}
