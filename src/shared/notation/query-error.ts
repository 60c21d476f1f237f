/** A problem in an expression, and what to do. */
export interface Complaint {
  /** 0-based UTF-16 offset of the offending part. */
  position: number;
  /** End of the offending part, exclusive; equal to `position` where something is missing. */
  end: number;
  problem: string;
  advice: string;
  expected?: readonly string[];
  suggestion?: string | null;
}

/**
 * An expression that is not in the notation. The message is one line, names the column (from 1) and ends with what to do:
 * `column 9: there is no option "bin" here; write bins.`
 */
export class QueryError extends Error {
  override readonly name = 'QueryError';
  /** 0-based UTF-16 offset in the text; its length where the text ends too early. */
  readonly position: number;
  /** End of the offending part, exclusive. */
  readonly end: number;
  /** What would be valid there, in words. */
  readonly expected: string[];
  /** Replacement for `position..end`, or null if there is no good one. */
  readonly suggestion: string | null;

  constructor({position, end, problem, advice, expected = [], suggestion = null}: Complaint) {
    super(`column ${position + 1}: ${oneLine(`${problem}; ${advice}`)}.`);
    this.position = position;
    this.end = end;
    this.expected = [...expected];
    this.suggestion = suggestion;
  }
}

/** Line breaks and other invisible signs, which a piece of the text may bring along, as `\u{a}`. */
function oneLine(message: string): string {
  return message.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, sign => `\\u{${sign.codePointAt(0)?.toString(16)}}`);
}
