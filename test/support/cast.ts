import { toHexString } from 'lib0/buffer';
import { digest } from 'lib0/hash/sha256';
import { toBase64Url, utf8 } from '#lib/crypto/encoding.ts';
import type { NewAccount, NewKey } from '#lib/domain/account.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { Device } from '#lib/domain/device.ts';
import type {
  AccountId,
  ChangeId,
  CommentId,
  DeviceId,
  FileHash,
  GroupId,
  InvitationId,
  KeyId,
  MediaId,
  PageId,
  SecretHash,
  SessionId,
  SpaceId,
  VisitId
} from '#lib/domain/ids.ts';

/** Somebody of the cast: an account to be, with a personal device of their own. */
export interface Person {
  readonly id: AccountId;
  readonly given: string;
  readonly family: string;
  readonly username: string;
  readonly school: string;
  readonly device: Device;
}

/** The first administrator of "Ríos de Europa", from Valladolid. */
export const marta = person('Marta', 'Ríos', 'marta.rios.1', 'CEIP Pisuerga');
/** The partner teacher, from Bologna. */
export const luca = person('Luca', 'Fiume', 'luca.fiume.1', 'Scuola Reno');
/** A second administrator, Marta's colleague. */
export const nuria = person('Núria', 'Ebre', 'nuria.ebre.1', 'CEIP Pisuerga');
/** Marta's pupil: the guide's own example. */
export const angel = person('Ángel', 'CanoRobles', 'angel.canorobles.1', '');
/** Luca's pupil, whose name comes to the same username. */
export const angelC = person('Angel', 'Canorobles', 'angel.canorobles.1', '', 'Angel C.');
/** Luca's pupil and a pupil administrator. */
export const zoe = person('Zoé', 'L', 'zoe.l.1', '');
/** Another pupil of Luca's. */
export const giulia = person('Giulia', 'B', 'giulia.b.1', '');
/** The administrator of another TwinSpace, "Mares", and of nothing here. */
export const oksana = person('Оксана', 'Море', 'oksana.more.1', 'Ліцей Дніпро');

export const rios = uuid('space Ríos de Europa') as SpaceId;
export const mares = uuid('space Mares') as SpaceId;

/** The day on which most tests happen. */
export const today = day('2026-11-24');

/** A day, typed. */
export function day(text: string): CalendarDate {
  return text as CalendarDate;
}

/** SHA-256 at once, in Node and in a browser alike. */
function hashed(text: string): Uint8Array {
  return digest(utf8(text));
}

/** A UUID v4 that is always the same for the same text. */
export function uuid(text: string): string {
  const hex = toHexString(hashed(text));
  const variant = '89ab'[Number.parseInt(hex[16] ?? '0', 16) % 4];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export const changeId = (text: string): ChangeId => uuid(`change ${text}`) as ChangeId;
export const groupId = (text: string): GroupId => uuid(`group ${text}`) as GroupId;
export const pageId = (text: string): PageId => uuid(`page ${text}`) as PageId;
export const mediaId = (text: string): MediaId => uuid(`media ${text}`) as MediaId;
export const commentId = (text: string): CommentId => uuid(`comment ${text}`) as CommentId;
export const visitId = (text: string): VisitId => uuid(`visit ${text}`) as VisitId;
export const invitationId = (text: string): InvitationId => uuid(`invitation ${text}`) as InvitationId;
export const sessionId = (text: string): SessionId => uuid(`session ${text}`) as SessionId;

/** The hash of a file. */
export function fileHash(text: string): FileHash {
  return toBase64Url(hashed(`file ${text}`)) as FileHash;
}

/** PU2: of a page in which nobody has written; as PROTOCOL.md says it. */
export function digestOfEmpty(title: string): FileHash {
  return toBase64Url(hashed(JSON.stringify([1, title, []]))) as FileHash;
}

/** The hash of a link's secret. */
export function secretHash(text: string): SecretHash {
  return toBase64Url(hashed(`secret ${text}`)) as SecretHash;
}

/** The id of somebody's key: the first, or a later one. */
export function keyOf(account: Pick<Person, 'id'>, number = 1): KeyId {
  return toBase64Url(hashed(`key ${account.id} ${number}`)) as KeyId;
}

/** Somebody's key as a command brings it. The rules look at its id and scope only. */
export function newKey(account: Pick<Person, 'id'>, number = 1, scope: NewKey['scope'] = 'full'): NewKey {
  const credential = toBase64Url(hashed(`credential ${account.id} ${number}`));
  return { id: keyOf(account, number), publicKey: `B${'A'.repeat(86)}`, scope, credential };
}

/** Somebody's account as a command brings it. */
export function newAccount(somebody: Person, change: Partial<NewAccount> = {}): NewAccount {
  const { id, given, family, username, school } = somebody;
  const display = `${given} ${family}`;
  return { id, given, family, username, school, display, key: newKey(somebody), ...change };
}

/** Somebody who is not in the cast, with a personal device of their own. */
export function person(
  given: string,
  family: string,
  username: string,
  school = '',
  called = `${given} ${family}`
): Person {
  const id = uuid(`account ${called}`) as AccountId;
  return { id, given, family, username, school, device: personalDevice(called, id) };
}

/** A personal device of this owner, on which these accounts are at home. */
export function personalDevice(
  called: string,
  owner: AccountId,
  accounts: readonly AccountId[] = [owner]
): Device {
  const id = uuid(`device ${called}`) as DeviceId;
  return { id, kind: 'personal', owner, accounts, revoked: false };
}

/** A classroom tablet that somebody enrolled. */
export function classroomTablet(owner: AccountId, accounts: readonly AccountId[] = []): Device {
  const id = uuid(`classroom tablet of ${owner}`) as DeviceId;
  return { id, kind: 'classroom', owner, accounts, revoked: false };
}
