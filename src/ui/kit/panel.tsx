import type {ComponentChildren} from 'preact';
import {useState} from 'preact/hooks';
import type {Resource} from '../state/resource.js';
import {view} from '../state/view-state.js';
import {DataTable} from './data-table.js';
import type {PanelContent} from './panel-export.js';
import {PanelTools} from './panel-tools.js';
import {Failure} from './failure.js';
import * as progressStyles from './progress.module.css';
import * as styles from './panel.module.css';

export interface PanelProps {
  /** Name of this panel in the page's address, and its element's `data-panel`. */
  id: string;
  title: string;
  /** One line saying what is shown: N, k, bins, class, epoch. */
  subtitle: string;
  class?: string;
  /** State that the panel waits for. */
  waitsFor: Resource<unknown>;
  /** Text while it waits; default that it loads. */
  doing?: string | null;
  /** Content to export and to read as a table; null if there is none. */
  content: Omit<PanelContent, 'title' | 'subtitle'> | null;
  /** Switches of this panel, next to its title. */
  controls?: ComponentChildren;
  children: ComponentChildren;
}

/** The frame of every drawing: title, what is shown, switches, the table behind it, export, and how it waits or fails. */
export function Panel({
  id,
  title,
  subtitle,
  class: ownClass,
  waitsFor,
  doing,
  content,
  controls,
  children,
}: PanelProps) {
  const [asTable, setAsTable] = useState(false);
  const error = waitsFor.error.value;
  const slow = waitsFor.slow.value;
  const className = ownClass ? `${styles.root} ${ownClass}` : styles.root;
  const exported = content && {...content, title, subtitle};

  return (
    <section
      class={view.full.value === id ? `${className} ${styles.full}` : className}
      data-panel={id}
      aria-label={title}
      aria-busy={slow}
      onKeyDown={event => {
        if (event.key !== 'i' || isWriting(event.target)) return;
        event.currentTarget.querySelector<HTMLElement>('button[aria-label^="About "]')?.click();
      }}
    >
      {slow && <div class={progressStyles.root} role="status" aria-label={`Loading ${title}`} />}
      <header class={styles.head}>
        <h2>{title}</h2>
        <div class={styles.controls}>
          {controls}
          {exported && <PanelTools id={id} content={exported} asTable={asTable} onTable={setAsTable} />}
        </div>
        <p>{slow ? (doing ?? 'Loading…') : error ? '' : subtitle}</p>
      </header>
      {error ? (
        <Failure message={error.message} onRetry={() => waitsFor.retry()} />
      ) : (
        <div class={slow ? `${styles.body} ${styles.waiting}` : styles.body}>
          {asTable && content ? <DataTable label={title} table={content.table()} /> : children}
        </div>
      )}
    </section>
  );
}

/** A letter typed there is text. */
function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.matches('input:not([type=checkbox], [type=range]), select, textarea')
  );
}
