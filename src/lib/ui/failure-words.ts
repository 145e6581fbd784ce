import { m } from '#lib/paraglide/messages.js';
import type { FailureCode } from '#lib/session/device/result.ts';

const words: Readonly<Record<Exclude<FailureCode, 'slow-down'>, () => string>> = {
  offline: () => m.failure_offline(),
  foreign: () => m.failure_foreign(),
  'storage-failed': () => m.failure_storage_failed(),
  'place-gone': () => m.failure_place_gone(),
  'cookie-refused': () => m.failure_cookie_refused(),
  'wrong-host': () => m.failure_wrong_host(),
  'sign-in-wrong': () => m.failure_sign_in_wrong(),
  'unknown-here': () => m.failure_unknown_here(),
  'link-unknown': () => m.failure_link_unknown(),
  'link-used': () => m.failure_link_used(),
  'link-revoked': () => m.failure_link_revoked(),
  'link-expired': () => m.failure_link_expired(),
  'not-enrolled': () => m.failure_not_enrolled(),
  'device-revoked': () => m.failure_device_revoked(),
  'storage-full': () => m.failure_storage_full(),
  'too-many': () => m.failure_too_many(),
  'relay-failed': () => m.failure_relay_failed(),
  'disk-full': () => m.failure_disk_full(),
  'lease-over': () => m.failure_lease_over(),
  'signature-wrong': () => m.failure_signature_wrong(),
  'not-permitted': () => m.failure_not_permitted(),
  'locked-here': () => m.failure_locked_here(),
  'classroom-password': () => m.failure_classroom_password(),
  'same-password': () => m.failure_same_password(),
  'tablet-waiting': () => m.failure_tablet_waiting(),
  'offer-unknown': () => m.failure_offer_unknown(),
  'offer-expired': () => m.failure_offer_expired(),
  'offer-full': () => m.failure_offer_full(),
  'offer-withdrawn': () => m.failure_offer_withdrawn(),
  'tablets-full': () => m.failure_tablets_full(),
  'waiting-unsent': () => m.failure_waiting_unsent(),
  'unsigned-here': () => m.failure_unsigned_here(),
  'tray-not-empty': () => m.failure_tray_not_empty(),
  'not-a-backup': () => m.failure_not_a_backup(),
  'newer-version': () => m.failure_newer_version(),
  damaged: () => m.failure_damaged(),
  'backup-repacked': () => m.failure_backup_repacked(),
  'not-an-archive': () => m.failure_not_an_archive(),
  'archive-damaged': () => m.failure_archive_damaged(),
  'archive-newer': () => m.failure_archive_newer(),
  'archive-repacked': () => m.failure_archive_repacked(),
  'archive-only-pages': () => m.failure_archive_only_pages(),
  'archive-gone': () => m.failure_archive_gone(),
  'archive-other-tab': () => m.failure_archive_other_tab()
};

/** What stood in the way, in plain words that say what to do. By itself, so that a sign-in screen loads no more. */
export function failureWords({
  code,
  seconds
}: {
  readonly code: FailureCode;
  readonly seconds?: number;
}): string {
  if (code !== 'slow-down') return words[code]();
  return seconds === undefined
    ? m.failure_slow_down_soon()
    : m.failure_slow_down({ seconds: Math.ceil(seconds) });
}
