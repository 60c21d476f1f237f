/** A row of the table behind a claim. */
export type Row = Record<string, number | string | null>;
