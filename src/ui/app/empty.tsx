import {runs} from '../state/runs.js';
import * as styles from './empty.module.css';

const lines = `import {cnnSlicer} from 'cnnslicer';
await model.fit(xs, ys, {epochs: 20, callbacks: cnnSlicer(tf, 'runs/first', {probe: {xs: probeXs, labels}})});`;

/** Shown in the page before the first finished epoch. */
export function Empty() {
  const broken = (runs.value ?? []).filter(run => run.problem !== undefined);
  const starting = (runs.value ?? []).filter(run => run.problem === undefined && run.live);
  return (
    <main class={styles.root}>
      {starting.length > 0 ? (
        <h2>{starting[0]?.name} has begun; its first epoch appears here when it is captured.</h2>
      ) : (
        <>
          <h2>No run yet</h2>
          <p>Add the callback to a training, and its epochs appear here while it runs:</p>
          <pre tabIndex={0}>
            <code>{lines}</code>
          </pre>
          <p>
            Or let the demo make one: <code>npx cnnslicer demo</code>
          </p>
        </>
      )}
      {broken.length > 0 && (
        <ul>
          {broken.map(run => (
            <li key={run.id}>
              {run.name}: {run.problem}
            </li>
          ))}
        </ul>
      )}
    </main>
  );
}
