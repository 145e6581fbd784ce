/** Where a file's bytes come from: a disk, a blob, pieces in a database. */
export interface Source {
  /** In bytes. */
  readonly length: number;
  /**
   * The bytes from `from` to before `to`, both within the length, and never more than `mediaLimits.piece`.
   * What cannot be read fails with an error of whoever reads.
   */
  readonly read: (from: number, to: number) => Promise<Uint8Array>;
}

/** Bytes that are in memory already. */
export function sourceOf(bytes: Uint8Array): Source {
  return { length: bytes.length, read: (from, to) => Promise.resolve(bytes.subarray(from, to)) };
}
