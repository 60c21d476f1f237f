import {Tooltip} from '../charts/tooltip.js';
import {viewsAtOnce, visibleTabs} from '../state/layout.js';
import {primaryRun, runList, runs} from '../state/runs.js';
import {detail} from '../state/run-detail.js';
import {view} from '../state/view-state.js';
import {QueryRail} from '../views/query/query-rail.js';
import {ResultPanel} from '../views/query/result-panel.js';
import {viewParts} from '../views/registry.js';
import {Empty} from './empty.js';
import {EpochBar} from './epoch-bar.js';
import {Header} from './header.js';
import {Help} from './help.js';
import {Notices} from './notices.js';
import {Tabs} from './tabs.js';
import {RetryButton} from '../kit/failure.js';
import * as emptyStyles from './empty.module.css';
import * as styles from './app.module.css';

/** The page: header, views, the drawer of what was opened, and the clock. */
export function App() {
  return (
    <div class={styles.root}>
      <Header />
      <Notices />
      <Work />
      <EpochBar />
      <Help />
      <Tooltip />
    </div>
  );
}

/** How the views share the width, by their number. */
const besideClasses = {1: '', 2: styles.twoViews, 3: styles.threeViews};

function Work() {
  const error = runList.error.value ?? detail.error.value;
  if (error) {
    return (
      <main class={emptyStyles.root} role="alert">
        <h2>{error.message}</h2>
        <RetryButton
          onRetry={() => {
            runList.retry();
            detail.retry();
          }}
        />
      </main>
    );
  }
  if (runs.value === null) return <main class={emptyStyles.root} aria-busy="true" />;
  if (!primaryRun.value) return <Empty />;
  if (!detail.value.value) return <main class={emptyStyles.root} aria-busy="true" />;
  const visible = visibleTabs.value;
  const drawers = visible.flatMap(id => {
    const {drawer} = viewParts[id];
    return drawer && view[drawer.opens].value !== null ? [drawer.Drawer] : [];
  });
  return (
    <div class={styles.work}>
      <QueryRail />
      <Tabs />
      <div class={drawers.length > 0 ? `${styles.stage} ${styles.withDrawer}` : styles.stage}>
        {view.query.value !== null && (
          <div class={styles.answer}>
            <ResultPanel />
          </div>
        )}
        <main class={`${styles.views} ${besideClasses[viewsAtOnce.value]}`}>
          {visible.map(id => {
            const {View} = viewParts[id];
            return <View key={id} />;
          })}
        </main>
        {drawers.map(Drawer => (
          <Drawer key={Drawer} />
        ))}
      </div>
    </div>
  );
}
