/**
 * Every reason for which the rules say no. Each has words in every language (`ui/refusal-words.ts`: one without
 * does not compile). The codes travel in verdicts and stay stable.
 */
export const refusalCodes = [
  // who is asking
  'not-a-member',
  'not-permitted',
  'only-administrators',
  'only-own-pupils',
  'only-custodian-or-home',
  'only-home-administrators',
  'only-pupil-role',
  'setting-off',
  'only-permitted-pages',
  'only-own-things',
  'only-teachers-shown',
  'not-published',
  'space-archived',
  // keys and devices
  'key-unknown',
  'key-former',
  'key-distrusted',
  'device-not-enrolled',
  'device-revoked',
  'device-ceiling',
  'own-password-first',
  'own-password-link',
  // names, usernames, passwords
  'name-empty',
  'name-space',
  'name-sign',
  'name-hidden-sign',
  'name-no-letter',
  'name-too-long',
  'name-hyphen-edge',
  'name-unwritable',
  'display-invalid',
  'username-invalid',
  'password-sign',
  'password-short',
  'password-long',
  'school-invalid',
  // what it is about
  'unknown-member',
  'member-removed',
  'member-active',
  'restore-too-late',
  'already-member',
  'account-exists',
  'account-unknown',
  'account-adult',
  'key-exists',
  'same-role',
  'escalation-unconfirmed',
  'not-raised',
  'last-administrator',
  'group-unknown',
  'group-exists',
  'too-many-groups',
  'setting-invalid',
  'archived-already',
  'not-archived',
  'erased',
  'erasure-unconfirmed',
  'erasure-begun',
  'erasure-unknown',
  'joining-unknown',
  'member-waiting',
  'ended-by-home',
  'colleague-unknown',
  'same-custodian',
  'contact-invalid',
  'profile-invalid',
  'text-too-long',
  'tablet-count',
  'tablet-known',
  'device-unknown',
  'not-adoptable',
  'too-many-tablets',
  'too-many-offers',
  'taken-over',
  'key-elsewhere',
  'hand-unknown',
  'grants-more',
  'space-exists',
  'space-unknown',
  'invitation-unknown',
  'invitation-used',
  'invitation-revoked',
  'invitation-expired',
  'invitation-exists',
  'invitation-expiry',
  'secret-wrong',
  'founding-used',
  'founding-expired',
  'recovery-used',
  'notice-unknown',
  'date-invalid',
  'editor-unknown',
  'page-unknown',
  'page-exists',
  'page-trashed',
  'page-not-trashed',
  'page-frozen',
  'page-inside-itself',
  'permission-over',
  'pages-too-deep',
  'too-many-pages',
  'too-many-editors',
  // what visitors see
  'page-draft',
  'page-not-as-seen',
  'page-not-published',
  'visit-unknown',
  'visit-exists',
  'visit-expiry',
  'visit-revoked',
  'too-many-visits',
  // pictures, films and sounds
  'media-unknown',
  'media-exists',
  'media-removed',
  'media-not-removed',
  'media-not-waiting',
  'too-many-pixels',
  'sound-too-long',
  'why-invalid',
  'setting-above-ceiling',
  'media-too-large',
  'media-day-full',
  'media-full',
  'too-many-media',
  // what was written in a page (PG3)
  'incomplete',
  'foreign-client',
  'not-in-schema',
  'page-full',
  // the envelope (protocol/PROTOCOL.md)
  'malformed',
  'too-large',
  'signature-wrong',
  'digest-wrong',
  'credential-missing',
  'id-reused',
  'depends-on-refused'
] as const;

export type RefusalCode = (typeof refusalCodes)[number];

/** The rules say no. A value, never thrown; the words for it are chosen where it is read. */
export interface Refusal {
  readonly refused: RefusalCode;
  /** What the words need: a sign, a number, a name. Never a secret. */
  readonly detail?: Readonly<Record<string, string>>;
}

/** Makes a refusal. */
export function refuse(code: RefusalCode, detail?: Readonly<Record<string, string>>): Refusal {
  return detail ? { refused: code, detail } : { refused: code };
}

/** Tells a refusal from whatever else a rule may answer. */
export function isRefusal(answer: unknown): answer is Refusal {
  return typeof answer === 'object' && answer !== null && 'refused' in answer;
}
