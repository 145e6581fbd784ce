/** CO11: words that were begun in a field, kept on the device as they are typed. */
export interface Kept {
  /** As they were left; empty: nothing. */
  readonly text: string;
  /** As they stand now; empty: they were sent or given up. */
  keep(text: string): void;
}
