import type { PrivateAccount, PublicAccount } from './account.ts';
import type { CalendarDate } from './dates.ts';
import type { AccountId, InvitationId, SecretHash, SpaceId } from './ids.ts';
import type { Role } from './roles.ts';
import { defaultSettings, type Settings } from './settings.ts';

/** What a TwinSpace says of itself. */
export interface SpaceMeta {
  readonly name: string;
  readonly founded: CalendarDate;
}

/** An account in this TwinSpace. Removed members stay for 30 days, to be restored (ME5). */
export interface Member {
  readonly display: string;
  readonly role: Role;
  readonly status: { readonly is: 'active' } | { readonly is: 'removed'; readonly on: CalendarDate };
}

/** How a member came here; for staff. */
export interface Joining {
  readonly by: AccountId;
  readonly on: CalendarDate;
}

/** A link that lets one adult in. Its secret is known here only by its hash. */
export interface Invitation {
  readonly role: 'teacher' | 'teacher-admin';
  /** For whom it is, in the inviter's words; may be empty. */
  readonly label: string;
  readonly by: AccountId;
  readonly secretHash: SecretHash;
  /** The last day on which it can be accepted. */
  readonly expires: CalendarDate;
  readonly status:
    | { readonly is: 'open' }
    | { readonly is: 'used'; readonly account: AccountId }
    | { readonly is: 'revoked' };
}

/** Something a teacher must deal with; stays until dismissed (NO1). */
export interface Notice {
  readonly for: AccountId;
  readonly on: CalendarDate;
  readonly says: {
    readonly code: 'renumbered';
    readonly account: AccountId;
    readonly from: string;
    readonly to: string;
  };
}

/** The maps of a `members` document: what every follower may know. Keys are ids, values are whole JSON records. */
export interface MembersMaps {
  /** `space` → SpaceMeta. The document's `version` counter stands beside it and is not part of the state. */
  readonly meta: SpaceMeta;
  /** AccountId → Member */
  readonly members: Member;
  /** AccountId → PublicAccount */
  readonly people: PublicAccount;
  /** name of a setting → its value */
  readonly settings: Settings[keyof Settings];
}

/** The maps of a `staff` document: what only administrators' and teachers' personal devices may know. */
export interface StaffMaps {
  /** AccountId → PrivateAccount */
  readonly people: PrivateAccount;
  /** AccountId → Joining */
  readonly joinings: Joining;
  /** AccountId → the day of the last access (G8); a key of its own, so that it never fights with a name */
  readonly access: CalendarDate;
  /** InvitationId → Invitation */
  readonly invitations: Invitation;
  /** ChangeId → Notice */
  readonly notices: Notice;
}

/** The names of the maps, in the one order in which they are read and written. */
export const membersMaps = ['meta', 'members', 'people', 'settings'] as const satisfies (keyof MembersMaps)[];
export const staffMaps = [
  'people',
  'joinings',
  'access',
  'invitations',
  'notices'
] as const satisfies (keyof StaffMaps)[];

/** All that the rules know of one TwinSpace. */
export interface SpaceState {
  readonly id: SpaceId;
  readonly members: { readonly [M in keyof MembersMaps]: ReadonlyMap<string, MembersMaps[M]> };
  readonly staff: { readonly [M in keyof StaffMaps]: ReadonlyMap<string, StaffMaps[M]> };
}

/** A TwinSpace of which nothing is known yet. */
export function emptySpace(id: SpaceId): SpaceState {
  return {
    id,
    members: { meta: new Map(), members: new Map(), people: new Map(), settings: new Map() },
    staff: {
      people: new Map(),
      joinings: new Map(),
      access: new Map(),
      invitations: new Map(),
      notices: new Map()
    }
  };
}

/** The choices of this TwinSpace, the defaults where nothing was chosen. */
export function settingsOf(state: SpaceState): Settings {
  return { ...defaultSettings, ...Object.fromEntries(state.members.settings) };
}

/** The member, if active. */
export function activeMember(state: SpaceState, account: AccountId): Member | undefined {
  const member = state.members.members.get(account);
  return member?.status.is === 'active' ? member : undefined;
}

/** The invitation whose link carries the secret with this hash. */
export function invitationWith(
  state: SpaceState,
  secretHash: SecretHash
): readonly [InvitationId, Invitation] | undefined {
  for (const [id, invitation] of state.staff.invitations) {
    if (invitation.secretHash === secretHash) return [id as InvitationId, invitation];
  }
  return undefined;
}
