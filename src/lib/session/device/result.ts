import type { Refusal } from '#lib/domain/refusals.ts';
import { isStorageFailure } from '#lib/store/storage-failure.ts';
import { RelayError } from '#lib/sync/relay-error.ts';

/** Why the world, not the rules, stood in the way. */
export type FailureCode =
  | 'offline'
  /** NW8: something in this network answers in the relay's place. */
  | 'foreign'
  /** NW9: the tablet's own storage failed; trying again may help. */
  | 'storage-failed'
  | 'slow-down'
  | 'sign-in-wrong'
  | 'unknown-here'
  /** BR10 */
  | 'cookie-refused'
  /** HT14 */
  | 'wrong-host'
  | 'link-unknown'
  | 'link-used'
  | 'link-revoked'
  | 'link-expired'
  | 'not-enrolled'
  | 'device-revoked'
  | 'storage-full'
  | 'too-many'
  | 'relay-failed'
  /** TH7: the relay's disk has no room. */
  | 'disk-full'
  | 'lease-over'
  | 'signature-wrong'
  | 'not-permitted'
  /** SE9 */
  | 'locked-here'
  /** TB9: here only an adult's classroom password opens. */
  | 'classroom-password'
  /** KE10: the classroom password is another one than that of the account. */
  | 'same-password'
  /** TB4: nobody has said yes to this tablet yet. */
  | 'tablet-waiting'
  | 'offer-unknown'
  | 'offer-expired'
  | 'offer-full'
  | 'offer-withdrawn'
  /** TB13: the TwinSpace has as many tablets as it may. */
  | 'tablets-full'
  /** TB11: something waits here that the relay has not taken. */
  | 'waiting-unsent'
  /** WR1: somebody who can sign in here has typed something that is not signed yet. */
  | 'unsigned-here'
  | 'tray-not-empty'
  /** WR6: what was written hung on something that the page has no more. */
  | 'place-gone'
  | 'not-a-backup'
  | 'newer-version'
  | 'damaged'
  /** BK5: another program has packed the copy anew. */
  | 'backup-repacked'
  /** FA2 */
  | 'not-an-archive'
  | 'archive-damaged'
  | 'archive-newer'
  | 'archive-repacked'
  | 'archive-only-pages'
  /** FA7: the file is not any more what was chosen, or its stick was pulled out. */
  | 'archive-gone'
  /** FA10 */
  | 'archive-other-tab';

/** Why something that a person asked for did not happen; the words are chosen where it is read. */
export type Problem =
  | { readonly is: 'refusal'; readonly refusal: Refusal }
  | { readonly is: 'failure'; readonly code: FailureCode; readonly seconds?: number };

export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

export function done<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function refused(refusal: Refusal): Result<never> {
  return { ok: false, problem: { is: 'refusal', refusal } };
}

export function failed(code: FailureCode, seconds?: number): Result<never> {
  return { ok: false, problem: { is: 'failure', code, ...(seconds === undefined ? {} : { seconds }) } };
}

/** The answer to a failure of the relay or of the tablet's storage; whatever else it was is our own mistake. */
export function problemOf(error: unknown): Result<never> {
  if (error instanceof RelayError) return relayProblem(error);
  if (isOutOfRoom(error)) return failed('storage-full');
  if (isStorageFailure(error)) return failed('storage-failed');
  throw error;
}

/** The answer, or the failure of the relay or of the storage as one. */
export async function asked<T>(ask: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await ask();
  } catch (error) {
    return problemOf(error);
  }
}

function relayProblem({ code, seconds }: RelayError): Result<never> {
  switch (code) {
    case 'offline':
    case 'foreign':
    case 'slow-down':
    case 'sign-in-wrong':
    case 'cookie-refused':
    case 'wrong-host':
    case 'link-unknown':
    case 'link-used':
    case 'link-revoked':
    case 'link-expired':
    case 'not-enrolled':
    case 'device-revoked':
    case 'too-many':
    case 'not-permitted':
    case 'classroom-password':
    case 'offer-unknown':
    case 'offer-expired':
    case 'offer-full':
    case 'offer-withdrawn':
    case 'tablets-full':
    case 'disk-full':
      return failed(code, seconds);
    case 'relay-stopping':
      return failed('offline');
    default:
      return failed('relay-failed');
  }
}

/** The device has no room. Dexie wraps the browser's own error as `inner`, and those of many writes at once as `failures`. */
export function isOutOfRoom(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { inner, failures = [] } = error as { inner?: unknown; failures?: readonly unknown[] };
  return error.name === 'QuotaExceededError' || [inner, ...failures].some(isOutOfRoom);
}
