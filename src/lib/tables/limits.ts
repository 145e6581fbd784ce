/** What a table may be at most; a whole school fits, and a tablet stays quick. */
export const tableLimits = {
  /** Of a file or of what was pasted; UTF-16 code units for text. */
  bytes: 5 * 1024 * 1024,
  /** Rows, a header not counted. */
  rows: 2_000,
  columns: 50,
  /** UTF-16 code units in one cell: more is a quotation mark that was never closed. */
  cell: 500
} as const;
