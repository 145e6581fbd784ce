import { m } from '#lib/paraglide/messages.js';
import { delimiterOf, writeTable } from '#lib/tables/write-table.ts';
import { compareNames } from '#lib/ui/formats.ts';
import { convention } from '#lib/ui/locale.svelte.ts';
import type { ShownMember } from '#lib/ui/members/member.ts';
import { roleWord } from '#lib/ui/role-word.ts';

/** What of a member is exported: named one by one, so that nothing else ever comes along (EX2). */
export type Exported = Pick<
  ShownMember,
  'display' | 'role' | 'username' | 'given' | 'family' | 'school' | 'groups' | 'joined' | 'lastAccess'
>;

/** EX1: the pupils whom the exporter invited; or all pupils. */
export function exportable(members: readonly ShownMember[], whom: 'mine' | 'all'): readonly ShownMember[] {
  return members.filter(
    ({ role, invitedBy, removedOn }) =>
      (role === 'pupil' || role === 'pupil-admin') &&
      removedOn === undefined &&
      (whom === 'all' || invitedBy?.me === true)
  );
}

/** EX1, EX2: the rows of the list, by name, under a header in the language of the screens. Days are `YYYY-MM-DD`. */
export function exportedRows(members: readonly Exported[]): readonly (readonly string[])[] {
  const header = [
    ...[m.export_username(), m.export_given(), m.export_family(), m.export_display(), m.export_role()],
    ...[m.export_groups(), m.export_school(), m.export_invited(), m.export_access()]
  ];
  const inOrder = members.toSorted((a, b) => compareNames(a.display, b.display));
  return [
    header,
    ...inOrder.map(({ username = '', given = '', family = '', display, role, groups, ...rest }) => [
      ...[username, given, family, display, roleWord(role)],
      ...[groups.map(({ name }) => name).join(', '), rest.school ?? ''],
      ...[rest.joined ?? '', rest.lastAccess ?? '']
    ])
  ];
}

/** The list as a file, named after the TwinSpace and the day. */
export function exportedFile(members: readonly Exported[], space: string, today: string): File {
  const bytes = writeTable(exportedRows(members), delimiterOf(convention()));
  const name = m.export_file({ space: space.replace(/[\\/:*?"<>|\p{C}]+/gu, ' ').trim(), date: today });
  return new File([bytes], `${name}.csv`, { type: 'text/csv' });
}
