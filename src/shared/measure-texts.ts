/** What `docs/measures.md` says of a measure, as plain text. */
export interface MeasureText {
  /** Its heading as an anchor, such as `channel-capacity`. */
  id: string;
  title: string;
  /** The question that it answers, in one line. */
  asks: string;
  range: string;
  /** Its equations, as they are set. */
  formula: string;
  /** How far to trust it: a sentence, then one a pitfall. */
  pitfalls: string[];
}

/**
 * Reads the measures' documentation: the table of all of them, and of each section its equations and its
 * **How far to trust it**.
 *
 * @throws {Error} if a measure of the table has no such section: an explanation would be empty.
 */
export function readMeasureTexts(markdown: string): MeasureText[] {
  const rows = [...markdown.matchAll(/^\| \[(.+?)\]\(#(.+?)\) *\|[^|]*\| (.+?) *\| (.+?) *\|/gm)];
  return rows.map(([, title = '', id = '', asks = '', range = '']) => {
    const heading = title.charAt(0).toUpperCase() + title.slice(1);
    const [, section] = new RegExp(`^## ${heading}\\n([^]*?)(?=^## |$(?![^]))`, 'm').exec(markdown) ?? [];
    const [, trust] = /\*\*How far to trust (?:it|them)\.\*\* ([^]*)/.exec(section ?? '') ?? [];
    const formula = /(?:^ {4}.*\n)+/m
      .exec(section ?? '')?.[0]
      .replaceAll(/^ {4}/gm, '')
      .trimEnd();
    if (trust === undefined || formula === undefined)
      throw new Error(`docs/measures.md: the section "${heading}" lacks a formula or "How far to trust it".`);
    return {id, title: heading, asks: plain(asks), range: plain(range), formula, pitfalls: pitfallsOf(trust)};
  });
}

/** The first paragraph, then the items of the list after it. */
function pitfallsOf(text: string): string[] {
  const [first = '', list = ''] = text.split(/\n\n/);
  const items = list.startsWith('- ') ? list.slice(2).split(/\n- /) : [];
  return [first, ...items].map(plain);
}

/** Text without Markdown's signs, in one line. */
function plain(text: string): string {
  return text
    .replaceAll(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replaceAll(/[`*]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
