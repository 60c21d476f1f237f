import type {Finding} from '../shared/index.js';

/**
 * Findings for a terminal: what, how sure and why, and the query that shows it.
 *
 * @param most - How many are shown.
 */
export function findingsList(found: readonly Finding[], most = Infinity): string {
  if (found.length === 0) return 'Nothing stands out.';
  const lines = found.slice(0, most).map(({title, level, confidence, evidence}) => {
    const mark = level === 'attention' ? '!' : '-';
    return `${mark} ${title}\n    sure: ${confidence.grade}, ${confidence.why}\n    see:  ${evidence}`;
  });
  const left = found.length - lines.length;
  return [...lines, ...(left > 0 ? [`… and ${left} more: cnnslicer findings <run> shows all.`] : [])].join(
    '\n',
  );
}
