/** One file of the app, as the build named it. */
export interface ShellFile {
  readonly path: string;
  /** SHA-256 of its bytes, in base64. */
  readonly hash: string;
  /** Its media type, without parameters. */
  readonly type: string;
}

/**
 * The files of the app as the build wrote them into the service worker (`sync-server/ops/seal-shell.mjs`): `path hash
 * type`, with commas between them. None where nothing was built (development).
 */
export function readShell(list: string): readonly ShellFile[] {
  return list.split(',').flatMap((entry): ShellFile[] => {
    const [path, hash, type] = entry.split(' ');
    return path && hash && type ? [{ path, hash, type }] : [];
  });
}
