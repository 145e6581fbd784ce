import type { NewAccount, NewKey } from '../account.ts';
import type { CommentArgs } from '../comment-args.ts';
import type { Change } from '../change.ts';
import type { CalendarDate } from '../dates.ts';
import type { Directory } from '../directory.ts';
import type { Actor } from '../effective-role.ts';
import type { Device } from '../device.ts';
import type { Facts } from '../facts.ts';
import type {
  AccountId,
  DeviceId,
  FileHash,
  GroupId,
  InvitationId,
  KeyId,
  MediaId,
  OfferId,
  PageId,
  SecretHash,
  SpaceId,
  VisitId
} from '../ids.ts';
import type { PageOrigin } from '../page-origin.ts';
import type { Put } from '../puts.ts';
import type { DraftPlace, Grantee, MediaKind, Preview, TabletGroups, VisitPages } from '../records.ts';
import type { Refusal } from '../refusals.ts';
import type { Role } from '../roles.ts';
import type { MediaCeilings, Settings } from '../settings.ts';
import type { SpaceState } from '../state.ts';

/** Why an account gets another key (KE4–KE6). */
export type KeyReason = 'forgotten' | 'someone-knows' | 'own' | 'recovery';

/** The arguments of every command. JSON, read by a schema at the edge (protocol/command-schemas.ts). */
export interface CommandArgs extends CommentArgs {
  'space.found': { readonly name: string; readonly account?: NewAccount; readonly display?: string };
  'founding.offer': { readonly secretHash: SecretHash; readonly expires: CalendarDate };
  'invitation.create': {
    readonly invitation: InvitationId;
    readonly role: 'teacher' | 'teacher-admin';
    readonly label: string;
    readonly secretHash: SecretHash;
    readonly expires: CalendarDate;
  };
  'invitation.revoke': { readonly invitation: InvitationId };
  'invitation.accept': {
    readonly invitation: InvitationId;
    readonly account?: NewAccount;
    readonly display?: string;
  };
  'pupil.add': {
    readonly account: NewAccount;
    readonly role: 'pupil' | 'pupil-admin';
    readonly groups?: readonly GroupId[];
  };
  'pupil.add-existing': {
    readonly account: AccountId;
    readonly role: 'pupil' | 'pupil-admin';
    /** Under which name the pupil stands here. */
    readonly display: string;
  };
  /** In the pupil's home: yes or no to a membership elsewhere, or its end. */
  'joining.answer': { readonly account: AccountId; readonly space: SpaceId; readonly allow: boolean };
  'member.role': {
    readonly member: AccountId;
    readonly role: Role;
    /** The username, typed out: asked for when a pupil becomes an adult here (ME3). */
    readonly typed?: string;
  };
  'member.display': { readonly member: AccountId; readonly display: string };
  'member.groups': {
    readonly member: AccountId;
    readonly add: readonly GroupId[];
    readonly remove: readonly GroupId[];
  };
  /** One's own; empty takes it away. */
  'member.contact': { readonly contact: string };
  'member.leave': Readonly<Record<never, never>>;
  'member.remove': { readonly member: AccountId };
  'member.restore': { readonly member: AccountId };
  'access.record': { readonly on: CalendarDate };
  'key.set': {
    readonly account: AccountId;
    readonly key: NewKey;
    readonly reason: KeyReason;
    /** The current key as far as its maker knew (KE9). */
    readonly replaces?: KeyId;
  };
  'key.recover': { readonly account: AccountId; readonly key: NewKey };
  /** AC10: with which somebody raised chooses a password of their own. */
  'password.link': {
    readonly account: AccountId;
    readonly secretHash: SecretHash;
    readonly expires: CalendarDate;
  };
  'account.rename': {
    readonly account: AccountId;
    /** What is left out stays as it is, so that two people who mend different things both do (AC8). */
    readonly given?: string;
    readonly family?: string;
    readonly school?: string;
    readonly username?: string;
  };
  'account.hand-over': { readonly account: AccountId; readonly to: AccountId };
  'account.erase': {
    readonly account: AccountId;
    /** The username, typed out (ER1). */
    readonly typed: string;
  };
  'account.keep': { readonly account: AccountId };
  /** MY9: of the actor's own account: every other device lets it in no longer. */
  'account.sign-out': Readonly<Record<never, never>>;
  'hand.lower': { readonly account: AccountId };
  'group.make': {
    readonly group: GroupId;
    readonly name: string;
    readonly kind: 'class' | 'team';
    /** Whose it is, if not the actor's: administrators make groups for teachers. */
    readonly owner?: AccountId;
  };
  'group.rename': { readonly group: GroupId; readonly name: string };
  'group.dissolve': { readonly group: GroupId };
  'settings.set': { readonly settings: Partial<Settings> };
  /** TB1: so many tablets may ask, with the secret of the QR code or the short code. */
  'tablet.offer': {
    readonly offer: OfferId;
    readonly secretHash: SecretHash;
    readonly codeHash: SecretHash;
    readonly count: number;
    readonly groups: TabletGroups;
    readonly teachers: readonly AccountId[];
  };
  /** TB4: yes to one tablet that has asked. */
  'tablet.admit': {
    readonly tablet: DeviceId;
    readonly name: string;
    readonly groups: TabletGroups;
    readonly teachers: readonly AccountId[];
  };
  /** TB6: what is left out stays as it is. */
  'tablet.set': {
    readonly tablet: DeviceId;
    readonly name?: string;
    readonly groups?: TabletGroups;
    readonly teachers?: readonly AccountId[];
  };
  /** TB8: of one's own personal device. */
  'device.set': { readonly device: DeviceId; readonly name?: string; readonly pupils?: boolean };
  /** TB7: a classroom tablet, or a personal device of one's own. */
  'device.revoke': { readonly device: DeviceId };
  /** KE12: takes a classroom key away: a teacher's own, or a pupil's pictures. */
  'key.remove': { readonly account: AccountId; readonly keyId: KeyId };
  /** ME10: empty takes it away. */
  'member.profile': { readonly member: AccountId; readonly text: string };
  /** DR1: empty takes it away. */
  'draft.keep': { readonly place: DraftPlace; readonly text: string };
  'space.rename': { readonly name: string };
  'space.archive': Readonly<Record<never, never>>;
  'space.unarchive': Readonly<Record<never, never>>;
  'page.create': {
    readonly page: PageId;
    readonly title: string;
    /** Under which page; absent: at the top. */
    readonly parent?: PageId;
    /** Where among those beside it (PA2). */
    readonly order: string;
    readonly draft: boolean;
    /** FA9: from which archive it is read in. */
    readonly from?: PageOrigin;
  };
  'page.rename': { readonly page: PageId; readonly title: string };
  /** PA4: everybody here may read it, or it is a draft again. */
  'page.show': { readonly page: PageId; readonly shown: boolean };
  /** PA11: `until` is the moment at which the typing ends, milliseconds since 1970. */
  'page.permit': { readonly page: PageId; readonly to: Grantee; readonly until?: number };
  'page.withdraw': { readonly page: PageId; readonly to: Grantee };
  /** PA9: under another page, or absent at the top, and where among those beside it. */
  'page.move': { readonly page: PageId; readonly parent?: PageId; readonly order: string };
  /** PA10: nobody but whoever may give it writes in it, or all may again. */
  'page.freeze': { readonly page: PageId; readonly frozen: boolean };
  /** PA10: the same of every page here. */
  'page.freeze-all': { readonly frozen: boolean };
  /** PA12: the TwinSpace begins with it, or with it no longer. */
  'page.home': { readonly page: PageId; readonly home: boolean };
  'page.trash': { readonly page: PageId };
  'page.restore': { readonly page: PageId };
  'page.forget-history': { readonly page: PageId };
  /** PU1: visitors see of it the content with this hash, which whoever publishes it has looked at. */
  'page.publish': { readonly page: PageId; readonly digest: FileHash };
  'page.unpublish': { readonly page: PageId };
  /** HI1: the page is ready for a teacher, or is not after all. */
  'page.hand-in': { readonly page: PageId; readonly handed: boolean };
  /** HI2: a teacher has looked at it. */
  'page.give-back': { readonly page: PageId };
  /** PU5: a link for visitors. */
  'visit.create': {
    readonly visit: VisitId;
    readonly label: string;
    readonly secretHash: SecretHash;
    readonly expires: CalendarDate;
    readonly pages: VisitPages;
  };
  'visit.revoke': { readonly visit: VisitId };
  /** ML1: a file that follows, and what it is. */
  'media.add': {
    readonly media: MediaId;
    readonly kind: MediaKind;
    readonly hash: FileHash;
    readonly bytes: number;
    /** In pixels, upright; zero where there is only sound. */
    readonly width: number;
    readonly height: number;
    /** Of what moves or sounds; whole, rounded up. */
    readonly seconds?: number;
    readonly preview?: Preview;
    /** For which page. */
    readonly page?: PageId;
  };
  'media.remove': { readonly media: MediaId };
  'media.restore': { readonly media: MediaId };
  'media.approve': { readonly media: MediaId };
  /** `owner`: whose the media are. */
  'media.refuse': { readonly media: MediaId; readonly owner: AccountId; readonly why: string };
  /** The key under which the notice stands. */
  'notice.dismiss': { readonly notice: string };
}

export type CommandName = keyof CommandArgs;

/** What a verdict tells the tablet beside yes. */
export interface Note {
  readonly code: 'renumbered';
  readonly account: AccountId;
  readonly from: string;
  readonly to: string;
}

/** What an accepted command comes to. */
export interface Outcome {
  readonly puts: readonly Put[];
  readonly notes: readonly Note[];
}

/** On what a command is judged. */
export interface Ground {
  readonly state: SpaceState;
  readonly directory: Directory;
  /** The relay's receipt date, stored with the change, so that folding again agrees; on a tablet its own date. */
  readonly now: CalendarDate;
  /** Another TwinSpace, as far as it is known: the relay knows all, a tablet those it follows. */
  readonly elsewhere: (space: SpaceId) => SpaceState | undefined;
  /** A device that the change is about. Absent on a tablet, which takes the relay's word for it (AC4). */
  readonly device?: ((id: DeviceId) => Device | undefined) | undefined;
  /** SG6: absent on a tablet, which takes the relay's word for it. */
  readonly ceilings?: MediaCeilings | undefined;
}

/** A command of somebody who is a member already. */
export interface MemberCommand<Name extends CommandName> {
  readonly by: 'member';
  readonly facts: Facts<CommandArgs[Name]>;
  /** KE4: not to be done with a former key (roles, credentials, invitations, devices, settings). */
  readonly sensitive: boolean;
  /** SP5: goes on in an archived TwinSpace: what is about accounts, and what ends things. */
  readonly whileArchived?: true;
  /** AD1: whether it may be taken over from somebody who could not bring it to the relay; absent: never. */
  readonly mayBeTakenOver?: (args: CommandArgs[Name]) => boolean;
  readonly judge: (ground: Ground, change: Change<Name>, actor: Actor) => Outcome | Refusal;
}

/** A command of somebody who shows a secret instead: founding, accepting an invitation. */
export interface GuestCommand<Name extends CommandName> {
  readonly by: 'guest';
  readonly facts: Facts<CommandArgs[Name]>;
  readonly judge: (ground: Ground, change: Change<Name>) => Outcome | Refusal;
}

export type Command<Name extends CommandName> = MemberCommand<Name> | GuestCommand<Name>;

/** An outcome without notes. */
export function outcome(...puts: Put[]): Outcome {
  return { puts, notes: [] };
}
