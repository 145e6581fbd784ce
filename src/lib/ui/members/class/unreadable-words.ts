import { m } from '#lib/paraglide/messages.js';
import type { Unreadable } from '#lib/tables/unreadable.ts';
import { formatCount } from '#lib/ui/formats.ts';

/** Why a list could not be read, in plain words that say what to do. */
export function unreadableWords({ unreadable, limit = 0, line = 1 }: Unreadable): string {
  switch (unreadable) {
    case 'empty':
      return m.table_empty();
    case 'too-large':
      return m.table_too_large({ megabytes: formatCount(Math.floor(limit / 1024 / 1024)) });
    case 'too-many-rows':
      return m.table_too_many_rows({ limit: formatCount(limit) });
    case 'too-many-columns':
      return m.table_too_many_columns({ line: formatCount(line), limit: formatCount(limit) });
    case 'cell-too-long':
      return m.table_cell_too_long({ line: formatCount(line) });
    case 'spreadsheet':
      return m.table_spreadsheet();
    case 'binary':
      return m.table_binary();
    default:
      return unreadable satisfies never;
  }
}
