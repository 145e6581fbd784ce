import { m } from '#lib/paraglide/messages.js';
import type { Loaded } from '#lib/session/desk/read-backup.ts';
import { formatList } from '#lib/ui/formats.ts';

/** What came of loading a copy: what is here now, and what of it is not, each with what to do. */
export interface LoadedWords {
  readonly came: readonly string[];
  readonly left: readonly string[];
}

/** BK2, BK5 */
export function loadedWords({ added, files }: Loaded): LoadedWords {
  const { missing, volumes, of, full, damaged, unknown } = files;
  const left = [
    ...(missing > 0
      ? [m.backup_missing({ count: missing, of, parts: formatList(volumes.map(String)) })]
      : []),
    ...(full > 0 ? [m.backup_no_room({ count: full })] : []),
    ...(damaged > 0 ? [m.backup_file_damaged({ count: damaged })] : []),
    ...(unknown > 0 ? [m.backup_file_unknown({ count: unknown })] : [])
  ];
  const came = [
    ...(added > 0 ? [m.backup_read({ count: added })] : []),
    ...(files.added > 0 ? [m.backup_read_files({ count: files.added })] : [])
  ];
  return { came: came.length + left.length > 0 ? came : [m.backup_read_none()], left };
}
