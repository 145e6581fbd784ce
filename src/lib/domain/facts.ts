import type { NewAccount, NewKey } from './account.ts';
import type {
  AccountId,
  CommentId,
  DeviceId,
  GroupId,
  InvitationId,
  MediaId,
  PageId,
  SpaceId,
  VisitId
} from './ids.ts';
import type { Action } from './permissions.ts';

/** Whom or what a command is about. */
export type About =
  | { readonly is: 'account'; readonly id: AccountId }
  | { readonly is: 'group'; readonly id: GroupId }
  | { readonly is: 'device'; readonly id: DeviceId }
  | { readonly is: 'page'; readonly id: PageId }
  | { readonly is: 'media'; readonly id: MediaId }
  | { readonly is: 'invitation'; readonly id: InvitationId }
  | { readonly is: 'visit'; readonly id: VisitId };

/** A key that a command brings, and for whom. */
export interface Brought {
  readonly account: AccountId;
  readonly key: NewKey;
}

/**
 * What a text among the arguments is. `display`: the name under which whom it is about stands here; others were told it
 * without an id, so that an erasure looks for it (ER5). `words`: written to be read as it is (TR1). `label`: for whom it
 * is, as its author calls them. `called`: how something is called that is no person. `other`: only judged and kept.
 */
export type TextKind = 'display' | 'words' | 'label' | 'called' | 'other';

/** LO5: under what the log can be narrowed to. */
export const logKinds = [
  'members',
  'passwords',
  'roles',
  'links',
  'devices',
  'settings',
  'pages',
  'media'
] as const;
export type LogKind = (typeof logKinds)[number];

/** LO3: what stands with an entry beside whom it is about: a role, a day, settings. Never what somebody typed. */
export type LogDetail = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** What the log keeps of a command (LO1). */
interface Logged<Args> {
  readonly kind: LogKind;
  readonly detail?: (args: Args) => LogDetail;
}

interface Said<Args> {
  /** CH3: the version of the protocol with which the command came. */
  readonly since: number;
  /** CH3: the version with which these arguments came, where some are newer than the command. */
  readonly argsSince?: (args: Args) => number;
  /** PE1: the rows of the permissions by which it is judged. */
  readonly asks: readonly Action[];
  /** `actor`: nobody and nothing but its author, or the TwinSpace itself. */
  readonly about: 'actor' | ((args: Args) => About);
  /** GA9: the account, group, page, media or comment that is not there, or cannot do it, before this was accepted. */
  readonly makes: 'nothing' | ((args: Args) => AccountId | GroupId | PageId | MediaId | CommentId);
  /** `unlogged`: it would be a history of somebody's sign-ins (ME7), or concerns nobody but its author (LO7). */
  readonly log: 'unlogged' | Logged<Args>;
  readonly newAccount?: (args: Args) => NewAccount | undefined;
  /** The key that it brings for an account that there is. */
  readonly newKey?: (args: Args) => Brought;
  /** The groups, pages, comments, devices and other TwinSpaces that it names. */
  readonly groups?: (args: Args) => readonly GroupId[];
  readonly pages?: (args: Args) => readonly PageId[];
  readonly comments?: (args: Args) => readonly CommentId[];
  readonly devices?: (args: Args) => readonly DeviceId[];
  readonly spaces?: (args: Args) => readonly SpaceId[];
  readonly texts?: Readonly<Record<string, TextKind>>;
  /** JO4: what it says of its author stands at the home of whom it is about, too; `asks`: and of a teacher there here (JO3). */
  readonly tellsHome?: 'tells' | 'asks';
}

/** Whatever stands in the arguments, also in lists. */
type Held<Args> = Each<Args[keyof Args]>;
type Each<Value> = Value extends readonly (infer One)[] ? One : Value;

/** The name of a fact if something of the kind stands in the arguments. */
type If<Args, Kind, Fact> = Extract<Held<Args>, Kind> extends never ? never : Fact;

type Demanded<Args> =
  | If<Args, NewAccount, 'newAccount'>
  | If<Args, NewKey, 'newKey'>
  | If<Args, GroupId, 'groups'>
  | If<Args, PageId, 'pages'>
  | If<Args, CommentId, 'comments'>
  | If<Args, DeviceId, 'devices'>
  | If<Args, SpaceId, 'spaces'>;

/** The arguments that are text of any form. */
type Texts<Args> = {
  [Name in keyof Args]-?: string extends Exclude<Args[Name], undefined> ? Name : never;
}[keyof Args];

/**
 * What a command says of itself to whoever carries, shows, keeps or erases it; what it does, `judge` says. A fact about
 * whatever stands in its arguments cannot be left out: it does not compile.
 */
export type Facts<Args> = Said<Args> &
  Required<Pick<Said<Args>, Demanded<Args>>> &
  ([Texts<Args>] extends [never] ? unknown : { readonly texts: Readonly<Record<Texts<Args>, TextKind>> });
