import type {Finding} from '../shared/index.js';

/**
 * Findings for a terminal: finding, confidence with its reason, and the query that shows it.
 *
 * @param max - Maximum number shown.
 */
export function findingsList(found: readonly Finding[], max = Infinity): string {
  if (found.length === 0) return 'Nothing stands out.';
  const lines = found.slice(0, max).map(({title, level, confidence, evidence}) => {
    const mark = level === 'attention' ? '!' : '-';
    return `${mark} ${title}\n    confidence: ${confidence.grade}, ${confidence.why}\n    see:  ${evidence}`;
  });
  const left = found.length - lines.length;
  return [...lines, ...(left > 0 ? [`… and ${left} more: cnnslicer findings <run> shows all.`] : [])].join(
    '\n',
  );
}
