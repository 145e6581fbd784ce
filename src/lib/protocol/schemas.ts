import * as v from 'valibot';
import { isCalendarDate, type CalendarDate } from '#lib/domain/dates.ts';
import {
  isBlockId,
  isUuid,
  type AccountId,
  type BlockId,
  type ChangeId,
  type CommentId,
  type DeviceId,
  type FileHash,
  type GroupId,
  type InvitationId,
  type KeyId,
  type MediaId,
  type VisitId,
  type OfferId,
  type PageId,
  type SecretHash,
  type SessionId,
  type SpaceId
} from '#lib/domain/ids.ts';
import { longestDisplay, longestName } from '#lib/domain/names.ts';
import { mostAuthors } from '#lib/domain/page-origin.ts';
import { roles } from '#lib/domain/roles.ts';

const uuid = <Id extends string>(): v.GenericSchema<unknown, Id> =>
  v.custom<Id>((input) => typeof input === 'string' && isUuid(input));

export const accountId = uuid<AccountId>();
export const changeId = uuid<ChangeId>();
export const deviceId = uuid<DeviceId>();
export const groupId = uuid<GroupId>();
export const invitationId = uuid<InvitationId>();
export const mediaId = uuid<MediaId>();
export const commentId = uuid<CommentId>();
/** Which block of a page, by clientID and clock. */
export const blockId = v.custom<BlockId>((input) => typeof input === 'string' && isBlockId(input));
export const visitId = uuid<VisitId>();
export const offerId = uuid<OfferId>();
export const pageId = uuid<PageId>();
export const sessionId = uuid<SessionId>();
export const spaceId = uuid<SpaceId>();

/** The clientID of a Yjs document's writer: 32 bits. */
export const clientId = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 32 - 1));

const hashForm = /^[A-Za-z0-9_-]{43}$/;

/** A SHA-256 in base64url. */
export const hash = v.pipe(v.string(), v.regex(hashForm));
export const keyId = v.custom<KeyId>((input) => typeof input === 'string' && hashForm.test(input));
export const secretHash = v.custom<SecretHash>((input) => typeof input === 'string' && hashForm.test(input));
export const fileHash = v.custom<FileHash>((input) => typeof input === 'string' && hashForm.test(input));
/** The secret of a link: 32 random bytes in base64url. */
export const secret = v.pipe(v.string(), v.regex(hashForm));

export const calendarDate = v.custom<CalendarDate>(
  (input) => typeof input === 'string' && isCalendarDate(input)
);
export const role = v.picklist(roles);

/** The key of a notice: the change that made it, and for whom where it made two. */
export const noticeKey = v.custom<string>((input) => {
  if (typeof input !== 'string') return false;
  const [change = '', account, more] = input.split(':');
  return isUuid(change) && (account === undefined || isUuid(account)) && more === undefined;
});

/** Caps only, in UTF-16 units: what a name or a display name may be is for the rules to say. */
export const nameText = v.pipe(v.string(), v.maxLength(longestName * 4));
export const displayText = v.pipe(v.string(), v.maxLength(longestDisplay * 4));
/** FA9: who wrote in a page of an archive; caps only. */
export const authors = {
  by: v.pipe(v.array(displayText), v.maxLength(mostAuthors)),
  more: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000)))
};
/** Caps only: a profile or a draft, UTF-16 units. */
export const longText = v.pipe(v.string(), v.maxLength(8_000));
export const usernameText = v.pipe(v.string(), v.maxLength(120));
/** An uncompressed P-256 point in base64url. */
export const publicKey = v.pipe(v.string(), v.regex(/^B[A-Za-z0-9_-]{86}$/));
