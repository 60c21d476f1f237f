import {readFile, writeFile} from 'node:fs/promises';
import type {ExecutionContext} from 'ava';
import {format, type FormatConfig} from 'oxfmt';

/**
 * Asserts that a committed file is what the code makes, as the formatter has it.
 *
 * @param renew - Environment variable with which the file is written first, and the command that sets it.
 */
export async function assertMade(
  t: ExecutionContext,
  file: string,
  text: string,
  renew: {variable: string; command: string},
): Promise<void> {
  const style = JSON.parse(await readFile('.oxfmtrc.json', 'utf8')) as FormatConfig;
  const {code: expected} = await format(file, text, style);
  if (process.env[renew.variable]) await writeFile(file, expected);
  t.is(await readFile(file, 'utf8'), expected, `${renew.command} writes it again`);
}

export const RENEW_SCHEMA = {variable: 'CNNSLICER_RENEW_SCHEMA', command: 'npm run schema'};
