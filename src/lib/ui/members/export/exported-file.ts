import { m } from '#lib/paraglide/messages.js';
import { delimiterOf, writeTable } from '#lib/tables/write-table.ts';
import { compareNames } from '#lib/ui/formats.ts';
import { convention } from '#lib/ui/locale.svelte.ts';
import { exportedRows, type Exported } from '#lib/ui/members/export/exported.ts';
import { roleWord } from '#lib/ui/role-word.ts';

/** The list as a file in the language of the screens, named after the TwinSpace and the day. */
export function exportedFile(members: readonly Exported[], space: string, today: string): File {
  const header = {
    username: m.export_username(),
    given: m.export_given(),
    family: m.export_family(),
    display: m.export_display(),
    role: m.export_role(),
    groups: m.export_groups(),
    school: m.export_school(),
    joined: m.export_invited(),
    access: m.export_access()
  };
  const rows = exportedRows(members, { header, role: roleWord, compare: compareNames });
  const name = m.export_file({ space: space.replace(/[\\/:*?"<>|\p{C}]+/gu, ' ').trim(), date: today });
  return new File([writeTable(rows, delimiterOf(convention()))], `${name}.csv`, { type: 'text/csv' });
}
