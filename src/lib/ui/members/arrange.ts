import type { Role } from '#lib/domain/roles.ts';
import { folded } from '#lib/ui/matching-text.ts';
import type { MemberRow } from '#lib/session/space/member-row.ts';

/** How a list of members can be ordered. */
export type Order = 'surname' | 'name' | 'last-access';

/** What somebody is ordered by: family name first, as class lists have it; who has none stands by the name that is seen. */
export interface Named {
  readonly display?: string;
  readonly given?: string;
  readonly family?: string;
  readonly username?: string;
}

/** Orders people as a class list does. */
export function bySurname(a: Named, b: Named, compareNames: (a: string, b: string) => number): number {
  const key = ({ family, display, username }: Named): string => family ?? display ?? username ?? '';
  const order = compareNames(key(a), key(b)) || compareNames(a.given ?? '', b.given ?? '');
  return order || compareNames(a.username ?? '', b.username ?? '');
}

/** Orders members by family name, by the name that is seen, or by last access: the latest first, who never came last. */
export function ordered(
  members: readonly MemberRow[],
  order: Order,
  compareNames: (a: string, b: string) => number
): readonly MemberRow[] {
  const byName = (a: MemberRow, b: MemberRow): number => compareNames(a.display, b.display);
  if (order === 'surname') return members.toSorted((a, b) => bySurname(a, b, compareNames));
  if (order === 'name') return members.toSorted(byName);
  return members.toSorted((a, b) => {
    const [x, y] = [a.lastAccess ?? '', b.lastAccess ?? ''];
    return x === y ? byName(a, b) : x < y ? 1 : -1;
  });
}

/** What a list is narrowed to. What is left out narrows nothing. */
export interface Wanted {
  readonly search?: string;
  readonly role?: Role | undefined;
  /** A group's id; `none`: those who are in no group. */
  readonly group?: string | undefined;
}

/** Those with the role and in the group, if any is asked for, whose names hold every word that is searched for. */
export function matching(
  members: readonly MemberRow[],
  { search = '', role, group }: Wanted
): readonly MemberRow[] {
  const words = folded(search).split(/\s+/).filter(Boolean);
  if (words.length === 0 && !role && !group) return members;
  return members.filter(
    (member) =>
      (!role || member.role === role) &&
      (!group || isIn(member, group)) &&
      words.every((word) => searchable(member).includes(word))
  );
}

function isIn({ groups }: MemberRow, group: string): boolean {
  return group === 'none' ? groups.length === 0 : groups.some(({ id }) => id === group);
}

/** The classes and teams of a member, by name, in one line. */
export function groupNames(
  { groups }: Pick<MemberRow, 'groups'>,
  compareNames: (a: string, b: string) => number
): string {
  return groups
    .map(({ name }) => name)
    .toSorted(compareNames)
    .join(', ');
}

const texts = new WeakMap<MemberRow, string>();

/** What of a member can be searched, folded once for each. */
function searchable(member: MemberRow): string {
  const known = texts.get(member);
  if (known !== undefined) return known;
  const { display, username = '', given = '', family = '', school = '' } = member;
  const text = folded([display, username, given, family, school].join(' '));
  texts.set(member, text);
  return text;
}
