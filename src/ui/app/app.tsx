import {Tooltip} from '../charts/tooltip.js';
import {viewsAtOnce, visibleTabs} from '../state/layout.js';
import {primaryRun, runList, runs} from '../state/runs.js';
import {detail} from '../state/run-detail.js';
import {view} from '../state/view-state.js';
import {ChannelDrawer} from '../views/channels/channel-drawer.js';
import {Channels} from '../views/channels/channels.js';
import {Layers} from '../views/layers/layers.js';
import {PairDrawer} from '../views/layers/pair-drawer.js';
import {CellDrawer} from '../views/performance/cell-drawer.js';
import {Performance} from '../views/performance/performance.js';
import {QueryRail} from '../views/query/query-rail.js';
import {ResultPanel} from '../views/query/result-panel.js';
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
  const hasCell = view.cell.value !== null && visible.includes('performance');
  const hasPair = view.pair.value !== null && visible.includes('layers');
  const hasChannel = view.channel.value !== null && visible.includes('channels');
  return (
    <div class={styles.work}>
      <QueryRail />
      <Tabs />
      <div class={hasCell || hasPair || hasChannel ? `${styles.stage} ${styles.withDrawer}` : styles.stage}>
        {view.query.value !== null && (
          <div class={styles.answer}>
            <ResultPanel />
          </div>
        )}
        <main class={`${styles.views} ${besideClasses[viewsAtOnce.value]}`}>
          {visible.includes('performance') && <Performance />}
          {visible.includes('layers') && <Layers />}
          {visible.includes('channels') && <Channels />}
        </main>
        {hasCell && <CellDrawer />}
        {hasPair && <PairDrawer />}
        {hasChannel && <ChannelDrawer />}
      </div>
    </div>
  );
}
