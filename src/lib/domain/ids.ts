declare const brand: unique symbol;
type Branded<Name> = string & { readonly [brand]: Name };

/** One account (what one signs in with), relay-wide. A UUID v4 in lower case, made on the tablet. */
export type AccountId = Branded<'account'>;
/** One TwinSpace. A UUID v4 in lower case. */
export type SpaceId = Branded<'space'>;
/** One browser profile enrolled at the relay. A UUID v4 in lower case, made by the relay. */
export type DeviceId = Branded<'device'>;
/** One person on one device from sign-in to sign-out. A UUID v4 in lower case. */
export type SessionId = Branded<'session'>;
/** One change; makes it idempotent on the whole relay. A UUID v4 in lower case. */
export type ChangeId = Branded<'change'>;
/** One class or team inside a TwinSpace. A UUID v4 in lower case. */
export type GroupId = Branded<'group'>;
/** One page of a TwinSpace. A UUID v4 in lower case. */
export type PageId = Branded<'page'>;
/** One picture, film or sound of a TwinSpace. A UUID v4 in lower case. */
export type MediaId = Branded<'media'>;
/** One comment on a page. A UUID v4 in lower case. */
export type CommentId = Branded<'comment'>;
/** A block of a page, for as long as it stands there: clientID and clock under which it was made, `12-340`. */
export type BlockId = Branded<'block'>;
/** The SHA-256 of a file's bytes in base64url (43 characters). */
export type FileHash = Branded<'file-hash'>;
/** One link for visitors. A UUID v4 in lower case; it stands in the link's address. */
export type VisitId = Branded<'visit'>;
/** One invitation of a teacher. A UUID v4 in lower case. */
export type InvitationId = Branded<'invitation'>;
/** One offer to enrol classroom tablets. A UUID v4 in lower case. */
export type OfferId = Branded<'offer'>;
/** The RFC 7638 thumbprint (SHA-256, base64url) of a public signing key. */
export type KeyId = Branded<'key'>;
/** A SHA-256 in base64url (43 characters) of a secret that stands in a link. */
export type SecretHash = Branded<'secret-hash'>;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Says whether the text is a UUID v4 (RFC 9562) in lower case, the only form in which ids are accepted. */
export function isUuid(text: string): boolean {
  return uuid.test(text);
}

/** Says whether the text is the id of a block: a clientID of 32 bits, a hyphen, a clock. */
export function isBlockId(text: string): text is BlockId {
  return /^(0|[1-9]\d{0,9})-(0|[1-9]\d{0,14})$/.test(text);
}
