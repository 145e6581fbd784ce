import type { CalendarDate } from '#lib/domain/dates.ts';
import type { Directory } from '#lib/domain/directory.ts';
import type { AccountId } from '#lib/domain/ids.ts';
import { isStaff, type Role } from '#lib/domain/roles.ts';
import type { Member, SpaceState } from '#lib/domain/state.ts';

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
  for (const [id, member] of state.members.members)
    rows.push(rowOf(state, directory, viewer, id as AccountId, member));
  return rows;
}

function rowOf(
  state: SpaceState,
  directory: Directory,
  viewer: Viewer,
  account: AccountId,
  member: Member
): MemberRow {
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
    ...(member.status.is === 'removed' ? { removedOn: member.status.on } : {})
  };
  if (!viewer.seesUsernames) return row;
  const person = directory.private(account);
  const joining = state.staff.joinings.get(account);
  const lastAccess = state.staff.access.get(account);
  return {
    ...row,
    ...person,
    ...(lastAccess ? { lastAccess } : {}),
    ...(joining ? { joined: joining.on, invitedBy: inviter(state, viewer, joining.by) } : {})
  };
}

function inviter(state: SpaceState, viewer: Viewer, by: AccountId): NonNullable<MemberRow['invitedBy']> {
  const display = state.members.members.get(by)?.display ?? '';
  return { account: by, display, me: by === viewer.account };
}
