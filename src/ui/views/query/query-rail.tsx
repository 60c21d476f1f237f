import {useLayoutEffect, useRef} from 'preact/hooks';
import {isRailOpen} from '../../state/layout.js';
import {view} from '../../state/view-state.js';
import {IconButton} from '../../kit/icon-button.js';
import {CubeIcon, LayersIcon, LeftIcon, RightIcon} from '../../kit/icons.js';
import {ArchitecturePanel} from './architecture-panel.js';
import {HypercubePanel} from './hypercube-panel.js';
import * as railStyles from './rail.module.css';

/** The query view at the left of the page: the model, and the hypercube that a query cuts. */
export function QueryRail() {
  const isOpen = isRailOpen.value;
  const rail = useRef<HTMLElement>(null);
  const wasOpen = useRef(isOpen);
  useLayoutEffect(() => {
    // The button that was pressed, marked as the switch, is gone: the focus goes to the one that takes it back.
    if (wasOpen.current !== isOpen && document.activeElement === document.body)
      rail.current?.querySelector<HTMLElement>('[data-switch]')?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  if (!isOpen) {
    return (
      <aside class={`${railStyles.root} ${railStyles.closed}`} aria-label="Query" ref={rail}>
        <IconButton label="Show the query rail" data-switch onClick={() => (view.rail.value = 'open')}>
          <RightIcon />
        </IconButton>
        <IconButton label="Show the architecture" onClick={() => (view.rail.value = 'open')}>
          <LayersIcon />
        </IconButton>
        <IconButton label="Show the hypercube" onClick={() => (view.rail.value = 'open')}>
          <CubeIcon />
        </IconButton>
      </aside>
    );
  }
  return (
    <aside class={railStyles.root} aria-label="Query" ref={rail}>
      <ArchitecturePanel />
      <HypercubePanel />
      <IconButton
        label="Collapse the query rail"
        data-switch
        class={railStyles.collapse}
        onClick={() => (view.rail.value = 'icons')}
      >
        <LeftIcon />
      </IconButton>
    </aside>
  );
}
