import type {ComponentProps} from 'preact';
import * as styles from './icon-button.module.css';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'type' | 'aria-label' | 'class'> {
  /** Accessible name, and what the pointer shows unless `title` says more. */
  label: string;
  class?: string | undefined;
}

/** A button that shows an icon. */
export function IconButton({label, title = label, class: own, ...rest}: IconButtonProps) {
  const className = own ? `${styles.root} ${own}` : styles.root;
  return <button type="button" class={className} aria-label={label} title={title} {...rest} />;
}
