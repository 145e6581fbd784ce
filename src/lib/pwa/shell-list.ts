/** One file of the app, as the build named it. */
export interface ShellFile {
  readonly path: string;
  /** SHA-256 of its bytes, in base64. */
  readonly hash: string;
  /** Its media type, without parameters. */
  readonly type: string;
  /** Bytes. */
  readonly size: number;
  /** Where it comes with others, if it does. */
  readonly lot?: Lot;
  /** The bytes of the lot before it. */
  readonly at: number;
}

/** Files that come in one answer (NW13), one after the other. */
export interface Lot {
  readonly path: string;
  /** Bytes of all of them. */
  readonly size: number;
}

/**
 * The files of the app as the build wrote them into the service worker (`sync-server/ops/seal-shell.mjs`): lots with
 * semicolons between them, each with its path, if it has one, and its files, with a comma before each: `path hash type
 * size`. None where nothing was built (development).
 */
export function readShell(list: string): readonly ShellFile[] {
  return list.split(';').flatMap((text) => {
    const [path = '', ...entries] = text.split(',');
    const files = entries.flatMap((entry): Omit<ShellFile, 'at'>[] => {
      const [file, hash, type, size] = entry.split(' ');
      return file && hash && type && size ? [{ path: file, hash, type, size: Number(size) }] : [];
    });
    const lot: Lot = { path, size: files.reduce((sum, { size }) => sum + size, 0) };
    let end = 0;
    return files.map((file) => {
      end += file.size;
      return { ...file, at: end - file.size, ...(path === '' ? {} : { lot }) };
    });
  });
}
