import {signal} from '@preact/signals';
import {useEffect} from 'preact/hooks';
import type {MeasureText} from '../../shared/measure-texts.js';
import type {FigureFacts} from '../model/figure.js';
import {Menu} from './menu.js';
import * as styles from './explain.module.css';

/** The texts of all measures, which the build takes from docs/measures.md; loaded when the first one is opened. */
const texts = signal<readonly MeasureText[] | null>(null);

async function load(): Promise<void> {
  if (texts.peek()) return;
  const response = await fetch('measures.json');
  if (response.ok) texts.value = (await response.json()) as MeasureText[];
}

/** Opens what a panel's measures are: question, formula, range, how far to trust them, and the n of this run. */
export function Explain({
  title,
  measures,
  facts,
}: {
  title: string;
  measures: readonly string[];
  facts: FigureFacts;
}) {
  return (
    <Menu label={`About ${title}`} button={<span class={styles.glyph}>i</span>}>
      {() => <Explanation measures={measures} facts={facts} />}
    </Menu>
  );
}

function Explanation({measures, facts}: {measures: readonly string[]; facts: FigureFacts}) {
  useEffect(() => void load(), []);
  const all = texts.value;
  if (!all) return <p class={styles.root}>Loading…</p>;
  const counts = (['n', 'k', 'bins'] as const).flatMap(name => {
    const value = facts[name] ?? null;
    return value === null ? [] : [`${name === 'n' ? 'N' : name} = ${value}`];
  });
  return (
    <div class={styles.root} tabIndex={0} role="region" aria-label="About these numbers">
      {all
        .filter(({id}) => measures.includes(id))
        .map(({id, title, asks, range, formula, pitfalls}) => (
          <section key={id}>
            <h3>{title}</h3>
            <p>{asks}</p>
            <pre>{formula}</pre>
            <p>
              Range: {range}
              {counts.length > 0 && ` · here: ${counts.join(', ')}`}
            </p>
            <h4>How far to trust it</h4>
            <ul>
              {pitfalls.map(pitfall => (
                <li key={pitfall}>{pitfall}</li>
              ))}
            </ul>
          </section>
        ))}
    </div>
  );
}
