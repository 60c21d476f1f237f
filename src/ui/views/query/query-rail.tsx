import type {ComponentChildren} from 'preact';
import {useLayoutEffect, useRef} from 'preact/hooks';
import {view} from '../../state/view-state.js';
import {CubeIcon, LayersIcon, LeftIcon, RightIcon} from '../../kit/icons.js';
import {ArchitecturePanel} from './architecture-panel.js';
import {HypercubePanel} from './hypercube-panel.js';
import * as iconButtonStyles from '../../kit/icon-button.module.css';
import * as railStyles from './rail.module.css';

/** The query view at the left of the page: the model, and the hypercube that a question cuts. */
export function QueryRail() {
  const isOpen = view.rail.value === 'open';
  const rail = useRef<HTMLElement>(null);
  const wasOpen = useRef(isOpen);
  useLayoutEffect(() => {
    // The button that was pressed is gone: the focus goes to the one that takes it back.
    if (wasOpen.current !== isOpen && document.activeElement === document.body)
      rail.current?.querySelector<HTMLElement>('[data-switch]')?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  if (!isOpen) {
    return (
      <aside class={`${railStyles.root} ${railStyles.closed}`} aria-label="Query" ref={rail}>
        <RailButton label="Show the query rail" isSwitch onClick={() => (view.rail.value = 'open')}>
          <RightIcon />
        </RailButton>
        <RailButton label="Show the architecture" onClick={() => (view.rail.value = 'open')}>
          <LayersIcon />
        </RailButton>
        <RailButton label="Show the hypercube" onClick={() => (view.rail.value = 'open')}>
          <CubeIcon />
        </RailButton>
      </aside>
    );
  }
  return (
    <aside class={railStyles.root} aria-label="Query" ref={rail}>
      <ArchitecturePanel />
      <HypercubePanel />
      <RailButton
        label="Collapse the query rail"
        isSwitch
        class={railStyles.collapse}
        onClick={() => (view.rail.value = 'icons')}
      >
        <LeftIcon />
      </RailButton>
    </aside>
  );
}

function RailButton({
  label,
  isSwitch = false,
  class: className,
  onClick,
  children,
}: {
  label: string;
  /** Whether it opens or closes the rail: of the two, one is there. */
  isSwitch?: boolean;
  class?: string;
  onClick: () => void;
  children: ComponentChildren;
}) {
  return (
    <button
      type="button"
      class={className ? `${iconButtonStyles.root} ${className}` : iconButtonStyles.root}
      data-switch={isSwitch ? '' : undefined}
      aria-label={label}
      title={label}
      onClick={onClick}
    >
      {children}
    </button>
  );
}
