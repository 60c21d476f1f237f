import {useEffect, useId, useRef, useState} from 'preact/hooks';
import {markFault} from '../../model/expression.js';
import {scrollWithin} from '../../kit/scroll-within.js';
import {answer, submitQuery, clearQuery, expression, reading, write} from '../../state/query.js';
import {view} from '../../state/view-state.js';
import {useSuggestions} from './use-suggestions.js';
import * as buttonStyles from '../../kit/button.module.css';
import * as styles from './expression-box.module.css';

/** The id by which the page's keys find the box. */
export const expressionBoxId = 'expression';

/**
 * The query in the notation, editable: a list of what may follow, the fault underlined where it is, and a button that
 * makes every view show it.
 */
export function ExpressionBox() {
  const input = useRef<HTMLInputElement>(null);
  const list = useSuggestions(input);
  const id = useId();
  const text = expression.value;
  const {error} = reading.value;
  const isPending = view.draft.value !== null && text !== view.query.value;
  const hasFocus = list.hasFocus;
  // Without the focus the place of the answer says it alone.
  const refused = hasFocus && view.draft.value === null ? answer.error.value : null;
  // Unfinished text is not an error yet: the list shows how to continue at its end.
  const complaint =
    error && !(hasFocus && error.position >= text.length && list.items.length > 0) ? error : null;
  const message = text === '' ? null : (complaint?.message ?? refused?.message ?? null);
  const active = list.items[list.active];
  useEffect(() => {
    scrollWithin(document.getElementById(`${id}-list`), document.getElementById(`${id}-${list.active}`));
  }, [list.active]);
  return (
    <form
      class={styles.root}
      role="search"
      aria-label="Query"
      onSubmit={event => {
        event.preventDefault();
        list.close();
        submitQuery();
      }}
    >
      <div class={message === null ? styles.field : `${styles.field} ${styles.faulty}`}>
        <Underline text={text} fault={complaint} input={input} />
        <input
          ref={input}
          id={expressionBoxId}
          type="text"
          role="combobox"
          aria-label="Expression in the notation"
          aria-autocomplete="list"
          aria-expanded={list.items.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={active && `${id}-${list.active}`}
          aria-invalid={message !== null}
          aria-describedby={message === null ? undefined : `${id}-problem`}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          placeholder="H(dCNN(*, conv2d_1, *, 12))"
          value={text}
          onInput={event => {
            write(event.currentTarget.value);
            list.open();
          }}
          onFocus={list.focus}
          onBlur={list.blur}
          onClick={list.open}
          onKeyUp={list.follow}
          onKeyDown={list.press}
        />
        {view.query.value !== null && (
          <button
            type="button"
            class={styles.clear}
            aria-label="Clear the query"
            title="Clear: the box follows the view again"
            onClick={clearQuery}
          >
            ×
          </button>
        )}
      </div>
      <button
        type="submit"
        class={isPending ? `${buttonStyles.root} ${buttonStyles.primary}` : buttonStyles.root}
        disabled={error !== null}
      >
        Query
      </button>
      <ul
        id={`${id}-list`}
        class={styles.suggestions}
        role="listbox"
        aria-label="What may follow"
        hidden={list.items.length === 0}
        // The box keeps the focus while the list is clicked.
        onPointerDown={event => event.preventDefault()}
      >
        {list.items.map((item, i) => (
          <li
            key={`${item.text} ${item.detail}`}
            id={`${id}-${i}`}
            role="option"
            aria-selected={i === list.active}
            onClick={() => list.take(item)}
          >
            <code>{item.text}</code>
            <span>{item.detail}</span>
          </li>
        ))}
      </ul>
      {message !== null && list.items.length === 0 && (
        <p id={`${id}-problem`} class={styles.problem} role="alert">
          {message}
        </p>
      )}
    </form>
  );
}

/** Draws the same text behind the box, invisible except for the line under its error. */
function Underline({
  text,
  fault,
  input,
}: {
  text: string;
  fault: {position: number; end: number} | null;
  input: {current: HTMLInputElement | null};
}) {
  const [scrolled, setScrolled] = useState(0);
  useEffect(() => {
    const element = input.current;
    if (!element) return;
    const follow = (): void => setScrolled(element.scrollLeft);
    element.addEventListener('scroll', follow);
    return () => element.removeEventListener('scroll', follow);
  }, []);
  if (!fault) return null;
  const [before, marked, after] = markFault(text, fault);
  return (
    <div class={styles.underline} aria-hidden="true">
      <span style={{transform: `translateX(${-scrolled}px)`}}>
        {before}
        <mark>{marked}</mark>
        {after}
      </span>
    </div>
  );
}
