import type { Refusal, RefusalCode } from '#lib/domain/refusals.ts';
import { m } from '#lib/paraglide/messages.js';
import { signWords } from '#lib/ui/sign-words.ts';

type Detail = Readonly<Record<string, string>>;

const sign = (detail: Detail): { sign: string } => ({ sign: signWords(detail['sign'] ?? '') });
const longest = (detail: Detail): { longest: string } => ({ longest: detail['longest'] ?? '' });
const shortest = (detail: Detail): { shortest: string } => ({ shortest: detail['shortest'] ?? '' });

/** The words for every reason of the rules: a code without words does not compile. */
const words: Readonly<Record<RefusalCode, (detail: Detail) => string>> = {
  'not-a-member': () => m.refusal_not_a_member(),
  'not-permitted': () => m.refusal_not_permitted(),
  'only-administrators': () => m.refusal_only_administrators(),
  'only-own-pupils': () => m.refusal_only_own_pupils(),
  'only-custodian-or-home': () => m.refusal_only_custodian_or_home(),
  'only-home-administrators': () => m.refusal_only_home_administrators(),
  'only-pupil-role': () => m.refusal_only_pupil_role(),
  'setting-off': () => m.refusal_setting_off(),
  'only-permitted-pages': () => m.refusal_only_permitted_pages(),
  'only-own-things': () => m.refusal_only_own_things(),
  'only-teachers-shown': () => m.refusal_only_teachers_shown(),
  'not-published': () => m.refusal_not_published(),
  'space-archived': () => m.refusal_space_archived(),
  'key-unknown': () => m.refusal_key_unknown(),
  'key-former': () => m.refusal_key_former(),
  'key-distrusted': () => m.refusal_key_distrusted(),
  'device-not-enrolled': () => m.refusal_device_not_enrolled(),
  'device-revoked': () => m.refusal_device_revoked(),
  'device-ceiling': () => m.refusal_device_ceiling(),
  'own-password-first': () => m.refusal_own_password_first(),
  'own-password-link': () => m.refusal_own_password_link(),
  'not-raised': () => m.refusal_not_raised(),
  'name-empty': () => m.refusal_name_empty(),
  'name-space': () => m.refusal_name_space(),
  'name-sign': (detail) => m.refusal_name_sign(sign(detail)),
  'name-hidden-sign': () => m.refusal_name_hidden_sign(),
  'name-no-letter': () => m.refusal_name_no_letter(),
  'name-too-long': (detail) => m.refusal_name_too_long(longest(detail)),
  'name-hyphen-edge': () => m.refusal_name_hyphen_edge(),
  'name-unwritable': () => m.refusal_name_unwritable(),
  'display-invalid': () => m.refusal_display_invalid(),
  'username-invalid': () => m.refusal_username_invalid(),
  'password-sign': (detail) => m.refusal_password_sign(sign(detail)),
  'password-short': (detail) => m.refusal_password_short(shortest(detail)),
  'password-long': (detail) => m.refusal_password_long(longest(detail)),
  'school-invalid': () => m.refusal_school_invalid(),
  'unknown-member': () => m.refusal_unknown_member(),
  'member-removed': () => m.refusal_member_removed(),
  'member-active': () => m.refusal_member_active(),
  'restore-too-late': () => m.refusal_restore_too_late(),
  'already-member': () => m.refusal_already_member(),
  'account-exists': () => m.refusal_account_exists(),
  'account-unknown': () => m.refusal_account_unknown(),
  'account-adult': () => m.refusal_account_adult(),
  'key-exists': () => m.refusal_key_exists(),
  'same-role': () => m.refusal_same_role(),
  'escalation-unconfirmed': () => m.refusal_escalation_unconfirmed(),
  'last-administrator': () => m.refusal_last_administrator(),
  'member-waiting': () => m.refusal_member_waiting(),
  'group-unknown': () => m.refusal_group_unknown(),
  'group-exists': () => m.refusal_group_exists(),
  'too-many-groups': () => m.refusal_too_many_groups(),
  'setting-invalid': () => m.refusal_setting_invalid(),
  'archived-already': () => m.refusal_archived_already(),
  'not-archived': () => m.refusal_not_archived(),
  'profile-invalid': () => m.refusal_profile_invalid(),
  'text-too-long': (detail) => m.refusal_text_too_long(longest(detail)),
  'tablet-count': () => m.refusal_tablet_count(),
  'tablet-known': () => m.refusal_tablet_known(),
  'device-unknown': () => m.refusal_device_unknown(),
  'not-adoptable': () => m.refusal_not_adoptable(),
  'too-many-tablets': () => m.refusal_too_many_tablets(),
  'too-many-offers': () => m.refusal_too_many_offers(),
  'taken-over': () => m.refusal_taken_over(),
  'key-elsewhere': () => m.refusal_key_elsewhere(),
  erased: () => m.refusal_erased(),
  'erasure-unconfirmed': () => m.refusal_erasure_unconfirmed(),
  'erasure-begun': () => m.refusal_erasure_begun(),
  'erasure-unknown': () => m.refusal_erasure_unknown(),
  'joining-unknown': () => m.refusal_joining_unknown(),
  'ended-by-home': () => m.refusal_ended_by_home(),
  'colleague-unknown': () => m.refusal_colleague_unknown(),
  'same-custodian': () => m.refusal_same_custodian(),
  'contact-invalid': () => m.refusal_contact_invalid(),
  'hand-unknown': () => m.refusal_hand_unknown(),
  'grants-more': () => m.refusal_grants_more(),
  'space-exists': () => m.refusal_space_exists(),
  'space-unknown': () => m.refusal_space_unknown(),
  'invitation-unknown': () => m.refusal_invitation_unknown(),
  'invitation-used': () => m.refusal_invitation_used(),
  'invitation-revoked': () => m.refusal_invitation_revoked(),
  'invitation-expired': () => m.refusal_invitation_expired(),
  'invitation-exists': () => m.refusal_invitation_exists(),
  'invitation-expiry': () => m.refusal_invitation_expiry(),
  'secret-wrong': () => m.refusal_secret_wrong(),
  'founding-used': () => m.refusal_founding_used(),
  'founding-expired': () => m.refusal_founding_expired(),
  'recovery-used': () => m.refusal_recovery_used(),
  'notice-unknown': () => m.refusal_notice_unknown(),
  'date-invalid': () => m.refusal_date_invalid(),
  'editor-unknown': () => m.refusal_editor_unknown(),
  'page-unknown': () => m.refusal_page_unknown(),
  'page-exists': () => m.refusal_page_exists(),
  'page-trashed': () => m.refusal_page_trashed(),
  'page-not-trashed': () => m.refusal_page_not_trashed(),
  'pages-too-deep': () => m.refusal_pages_too_deep(),
  'too-many-pages': () => m.refusal_too_many_pages(),
  'too-many-editors': () => m.refusal_too_many_editors(),
  malformed: () => m.refusal_malformed(),
  'too-large': () => m.refusal_too_large(),
  'signature-wrong': () => m.refusal_signature_wrong(),
  'digest-wrong': () => m.refusal_digest_wrong(),
  'credential-missing': () => m.refusal_credential_missing(),
  'id-reused': () => m.refusal_id_reused(),
  'depends-on-refused': () => m.refusal_depends_on_refused()
};

/** Why the rules say no, in plain words that say what to do. */
export function refusalWords(refusal: Refusal): string {
  return words[refusal.refused](refusal.detail ?? {});
}

/** The same, and who may do it instead: at most three names. */
export function reasonWords(refusal: Refusal, whoMay: readonly string[]): string {
  const reason = refusalWords(refusal);
  return whoMay.length === 0 ? reason : m.who_may({ reason, names: whoMay.slice(0, 3).join(', ') });
}
