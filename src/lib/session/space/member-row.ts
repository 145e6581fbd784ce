import { namesIn } from '#lib/domain/called-apart.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { Directory } from '#lib/domain/directory.ts';
import type { AccountId, GroupId } from '#lib/domain/ids.ts';
import { isStaff, type Role } from '#lib/domain/roles.ts';
import { activeMember, type Member, type SpaceState } from '#lib/domain/state.ts';

/** Whether all that is known of a member has reached the relay. */
export type MemberMark = 'sent' | 'waiting' | 'refused';

/** A member as a list shows one. What the person may not see is absent. */
export interface MemberRow {
  readonly account: AccountId;
  readonly display: string;
  readonly role: Role;
  readonly me: boolean;
  readonly mark: MemberMark;
  readonly username?: string;
  readonly given?: string;
  readonly family?: string;
  readonly school?: string;
  readonly lastAccess?: CalendarDate;
  readonly joined?: CalendarDate;
  readonly invitedBy?: { readonly account: AccountId; readonly display: string; readonly me: boolean };
  readonly removedOn?: CalendarDate;
  /** JO6: the pupil's home has ended it: it cannot be restored here. */
  readonly endedByHome: boolean;
  /** JO3: whose yes is waited for, by name; empty where that is not known. */
  readonly waitingFor?: string;
  /** ER2: the day on which the account is erased. */
  readonly eraseOn?: CalendarDate;
  /** GR2: the classes and teams. */
  readonly groups: readonly { readonly id: GroupId; readonly name: string }[];
  /** ME9: where an adult can be reached, in their own words. */
  readonly contact?: string;
  /** ME10: what the member tells of themselves. */
  readonly profile?: string;
  /** The account is in its person's own custody. */
  readonly adult: boolean;
  /** The account's home is this TwinSpace. */
  readonly homeHere: boolean;
  /** Of a pupil: the teacher to turn to; `active`: still a member here. */
  readonly custodian?: {
    readonly account: AccountId;
    readonly display: string;
    readonly active: boolean;
    readonly me: boolean;
  };
  /** The viewer made this account or took it over. */
  readonly ownPupil: boolean;
  /** RO6: raised, and has not yet chosen a password that nobody else knows. */
  readonly waitingOwnPassword: boolean;
}

/** Who looks, and what still waits. */
export interface Viewer {
  readonly account: AccountId;
  /** PE `see-usernames` */
  readonly seesUsernames: boolean;
  readonly waitingFor: ReadonlySet<AccountId>;
}

/** The members of a TwinSpace as this person may see them, in no order. */
export function memberRows(state: SpaceState, directory: Directory, viewer: Viewer): readonly MemberRow[] {
  const rows: MemberRow[] = [];
  const names = namesIn(state);
  for (const [id, member] of state.members.members) {
    // ER5: of an erased account there is nobody to show.
    if (member.status.is === 'erased') continue;
    rows.push(rowOf({ state, directory, viewer, names }, id as AccountId, member));
  }
  return rows;
}

/** What rows are made from. */
interface Sources {
  readonly state: SpaceState;
  readonly directory: Directory;
  readonly viewer: Viewer;
  /** MM11 */
  readonly names: ReadonlyMap<string, string>;
}

function rowOf(from: Sources, account: AccountId, member: Member): MemberRow {
  const { state, directory, viewer } = from;
  const known = directory.public(account);
  const custody = known?.custody;
  const row: MemberRow = {
    account,
    display: member.display,
    role: member.role,
    me: account === viewer.account,
    mark: viewer.waitingFor.has(account) ? 'waiting' : 'sent',
    ownPupil: custody?.kind === 'home' && custody.custodian === viewer.account,
    waitingOwnPassword: isStaff(member.role) && custody?.kind === 'home',
    adult: custody?.kind === 'self',
    homeHere: known?.home === state.id,
    groups: groupsOf(state, member),
    endedByHome: member.status.is === 'removed' && member.status.byHome === true,
    ...(member.status.is === 'removed' ? { removedOn: member.status.on } : {}),
    ...(member.status.is === 'waiting' ? { waitingFor: member.status.asked } : {}),
    ...(member.contact ? { contact: member.contact } : {}),
    ...(member.profile ? { profile: member.profile } : {}),
    ...(custody?.kind === 'home' ? { custodian: custodian(from, custody.custodian) } : {})
  };
  if (!viewer.seesUsernames) return row;
  const person = directory.private(account);
  const joining = state.staff.joinings.get(account);
  const lastAccess = state.staff.access.get(account);
  const erasure = state.staff.erasures.get(account);
  return {
    ...row,
    ...person,
    ...(lastAccess ? { lastAccess } : {}),
    ...(erasure ? { eraseOn: erasure.due } : {}),
    ...(joining ? { joined: joining.on, invitedBy: inviter(from, joining.by) } : {})
  };
}

function inviter({ viewer, names }: Sources, by: AccountId): NonNullable<MemberRow['invitedBy']> {
  return { account: by, display: names.get(by) ?? '', me: by === viewer.account };
}

function groupsOf(state: SpaceState, member: Member): MemberRow['groups'] {
  return (member.groups ?? []).flatMap((id) => {
    const name = state.members.groups.get(id)?.name;
    return name === undefined ? [] : [{ id, name }];
  });
}

function custodian(
  { state, viewer, names }: Sources,
  account: AccountId
): NonNullable<MemberRow['custodian']> {
  const member = activeMember(state, account);
  const active = member !== undefined && isStaff(member.role);
  return {
    account,
    display: member ? (names.get(account) ?? '') : '',
    active,
    me: account === viewer.account
  };
}
