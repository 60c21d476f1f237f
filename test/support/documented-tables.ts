import {tableColumns, TABLE_SCHEMAS} from '#src/shared/index.js';

const BEGIN = '<!-- made from src/shared/tables.ts: npm run schema -->';
const END = '<!-- end -->';

/** A page with its columns of the metric tables regenerated from the schemas. */
export function withTables(page: string): string {
  const [before, rest = ''] = page.split(BEGIN);
  const after = rest.split(END)[1] ?? '';
  return `${before}${BEGIN}\n\n${Object.keys(TABLE_SCHEMAS).map(section).join('\n')}\n${END}${after}`;
}

function section(table: string): string {
  const rows = tableColumns(table).map(
    ([name, {type, unit, text}]) =>
      `| \`${name}\` | ${type.replace('?', ' or null')} | ${unit ?? ''} | ${text.replaceAll('|', '\\|')} |`,
  );
  return [
    `### \`${table}\``,
    '',
    '| column | type | unit | |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
