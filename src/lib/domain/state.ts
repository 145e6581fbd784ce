import type { PrivateAccount, PublicAccount } from './account.ts';
import type { CalendarDate } from './dates.ts';
import type { Comment, Elsewhere, Erasure, Group, Media, Page, Reaction, Tablet, Visit } from './records.ts';
import { everyName } from './every-name.ts';
import type { AccountId, GroupId, InvitationId, PageId, SecretHash, SpaceId } from './ids.ts';
import type { Notice } from './notice.ts';
import type { Role } from './roles.ts';
import { defaultSettings, type Settings } from './settings.ts';

/** What a TwinSpace says of itself. */
export interface SpaceMeta {
  readonly name: string;
  readonly founded: CalendarDate;
  /** Since when it is only read (SP4); absent: it lives. */
  readonly archived?: CalendarDate;
  /** PA10: since when, and by whom, all pages are frozen. */
  readonly frozen?: { readonly by: AccountId; readonly on: CalendarDate };
  /** PA12: the page with which the TwinSpace begins, as long as it is there. */
  readonly home?: PageId;
}

/** Where a membership stands. */
export type MemberStatus =
  | { readonly is: 'active' }
  /**
   * JO3: until the pupil's home says yes; `asked` is the home teacher's display name, empty where not known; `before`
   * the removed membership in whose place the request stands, and which comes back when nothing becomes of it (JO7).
   */
  | { readonly is: 'waiting'; readonly on: CalendarDate; readonly asked: string; readonly before?: Member }
  /** ME5: for 30 days it can come back; not if the pupil's home has ended it (JO6). */
  | { readonly is: 'removed'; readonly on: CalendarDate; readonly byHome?: true }
  /** ER5: the account is gone; what it contributed stays under "former member". */
  | { readonly is: 'erased'; readonly on: CalendarDate };

/** An account in this TwinSpace. */
export interface Member {
  /** Empty once the account is erased. */
  readonly display: string;
  readonly role: Role;
  readonly status: MemberStatus;
  /** The classes and teams of this member here (GR2). */
  readonly groups?: readonly GroupId[];
  /** Where an adult can be reached, in their own words, for everybody here to see (ME9). */
  readonly contact?: string;
  /** What the member tells of themselves, for everybody here to see (ME10). */
  readonly profile?: string;
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

/** The maps of a `members` document: what every follower may know. Keys are ids, values are whole JSON records. */
export interface MembersMaps {
  /** `space` → SpaceMeta. The document's `version` counter stands beside it and is not part of the state. */
  readonly meta: SpaceMeta;
  /** AccountId → Member */
  readonly members: Member;
  /** AccountId → PublicAccount */
  readonly people: PublicAccount;
  /** GroupId → Group */
  readonly groups: Group;
  /** name of a setting → its value */
  readonly settings: Settings[keyof Settings];
  /** PageId → a page that is for everybody's devices (PA4) */
  readonly pages: Page;
  /** PageId → how far the text of such a page has come (PG8); no rule reads it */
  readonly moved: number;
  /** MediaId → a picture, a film or a sound (ML1) */
  readonly media: Media;
  /** CommentId → what somebody said of such a page (CO3); of one that waits, without its words */
  readonly comments: Comment;
  /** `<page>/<account>`, or `<page>/<account>/<block>` → how somebody reacted to it (CO6) */
  readonly reactions: Reaction;
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
  /** the id of the change that made it, or `<that id>:<account>` → Notice */
  readonly notices: Notice;
  /** AccountId → the day on which a pupil said that the password is forgotten (HA1) */
  readonly hands: CalendarDate;
  /** `<account>/<space>` → where a pupil whose home is here is a member, or wants to be (JO4) */
  readonly elsewhere: Elsewhere;
  /** AccountId → an erasure that can still be called off (ER2) */
  readonly erasures: Erasure;
  /** DeviceId → a classroom tablet of this TwinSpace */
  readonly tablets: Tablet;
  /** PageId → a page that only staff know of (PA4) */
  readonly pages: Page;
  /** PageId → the same of its text */
  readonly moved: number;
  /** VisitId → a link for visitors (PU5) */
  readonly visits: Visit;
  /** CommentId → one that waits or is taken away, whole, or of a page that only staff know of (CO3) */
  readonly comments: Comment;
  /** as above → of such a page */
  readonly reactions: Reaction;
}

/** The names of the maps, in the one order in which they are read and written. */
export const membersMaps = everyName<keyof MembersMaps>({
  meta: true,
  members: true,
  people: true,
  groups: true,
  settings: true,
  pages: true,
  moved: true,
  media: true,
  comments: true,
  reactions: true
});
export const staffMaps = everyName<keyof StaffMaps>({
  people: true,
  joinings: true,
  access: true,
  invitations: true,
  notices: true,
  hands: true,
  elsewhere: true,
  erasures: true,
  tablets: true,
  pages: true,
  moved: true,
  visits: true,
  comments: true,
  reactions: true
});

/** All that the rules know of one TwinSpace. */
export interface SpaceState {
  readonly id: SpaceId;
  readonly members: { readonly [M in keyof MembersMaps]: ReadonlyMap<string, MembersMaps[M]> };
  readonly staff: { readonly [M in keyof StaffMaps]: ReadonlyMap<string, StaffMaps[M]> };
}

/** Maps by their names. */
type NamedMaps = Readonly<Record<string, ReadonlyMap<string, unknown>>>;

/** A TwinSpace of which nothing is known yet. */
export function emptySpace(id: SpaceId): SpaceState {
  return spaceOf(id, mapsFor(membersMaps), mapsFor(staffMaps));
}

/** The state of two documents in which each map holds what its name says, as those do that `project` alone writes. */
export function spaceOf(id: SpaceId, members: NamedMaps, staff: NamedMaps): SpaceState {
  return { id, members, staff } as unknown as SpaceState;
}

/** An empty map for each name; each will hold what its name says. */
function mapsFor(names: readonly string[]): NamedMaps {
  return Object.fromEntries(names.map((name) => [name, new Map()]));
}

/** The choices of this TwinSpace, the defaults where nothing was chosen. */
export function settingsOf(state: SpaceState): Settings {
  return { ...defaultSettings, ...Object.fromEntries(state.members.settings) };
}

/** SP4: since it was archived a TwinSpace is only read. */
export function isArchived({ members }: SpaceState): boolean {
  return members.meta.get('space')?.archived !== undefined;
}

/** The member, if active. */
export function activeMember(state: SpaceState, account: AccountId): Member | undefined {
  const member = state.members.members.get(account);
  return member?.status.is === 'active' ? member : undefined;
}

/** The member, if active or waiting for the home's yes. */
export function standingMember(state: SpaceState, account: AccountId): Member | undefined {
  const member = state.members.members.get(account);
  return member?.status.is === 'active' || member?.status.is === 'waiting' ? member : undefined;
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
