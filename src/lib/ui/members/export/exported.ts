import type { Role } from '#lib/domain/roles.ts';
import { bySurname } from '#lib/ui/members/arrange.ts';
import type { MemberRow } from '#lib/session/space/member-row.ts';

/** What of a member is exported: named one by one, so that nothing else ever comes along (EX2). */
export type Exported = Pick<
  MemberRow,
  'display' | 'role' | 'username' | 'given' | 'family' | 'school' | 'groups' | 'joined' | 'lastAccess'
>;

/** The words of an exported list, in the language of the screens, and the order of names in it. */
export interface ExportWords {
  readonly header: Readonly<
    Record<
      'username' | 'given' | 'family' | 'display' | 'role' | 'groups' | 'school' | 'joined' | 'access',
      string
    >
  >;
  readonly role: (role: Role) => string;
  readonly compare: (a: string, b: string) => number;
}

/** EX1: the pupils whom the exporter invited; or all pupils. */
export function exportable(members: readonly MemberRow[], whom: 'mine' | 'all'): readonly MemberRow[] {
  return members.filter(
    ({ role, invitedBy }) =>
      (role === 'pupil' || role === 'pupil-admin') && (whom === 'all' || invitedBy?.me === true)
  );
}

/** EX1, EX2: the rows of the list, by family name, under a header. Days are `YYYY-MM-DD`, as every spreadsheet reads them. */
export function exportedRows(
  members: readonly Exported[],
  { header, role: roleWord, compare }: ExportWords
): readonly (readonly string[])[] {
  const inOrder = members.toSorted((a, b) => bySurname(a, b, compare));
  return [
    [
      ...[header.username, header.given, header.family, header.display, header.role],
      ...[header.groups, header.school, header.joined, header.access]
    ],
    ...inOrder.map(({ username = '', given = '', family = '', display, role, groups, ...rest }) => [
      ...[username, given, family, display, roleWord(role)],
      ...[groups.map(({ name }) => name).join(', '), rest.school ?? ''],
      ...[rest.joined ?? '', rest.lastAccess ?? '']
    ])
  ];
}
