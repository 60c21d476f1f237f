import type {ComponentChildren} from 'preact';
import * as styles from './notice.module.css';

/** Says in a panel what a reader of its drawing must know first. */
export function Notice({children}: {children: ComponentChildren}) {
  return (
    <p class={styles.root} role="status">
      {children}
    </p>
  );
}
