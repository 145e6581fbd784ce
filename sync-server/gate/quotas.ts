import { utf8 } from '#lib/crypto/encoding.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { Directory } from '#lib/domain/directory.ts';
import type { AccountId } from '#lib/domain/ids.ts';
import type { SignedChange } from '#lib/protocol/signed-change.ts';
import type { ChangeStore, Kept } from '#relay/storage/change-store.ts';

const mib = 1024 * 1024;

/**
 * GA18: what one account has kept on one day, at most: far above a day's work. A teacher adds a school of 2 000 in one
 * (4 KB each), a tablet that comes back brings what thirty children wrote in weeks, each in their own name.
 */
export const quotas = {
  adult: { changes: 20_000, bytes: 64 * mib, refusals: 2_000 },
  pupil: { changes: 3_000, bytes: 8 * mib, refusals: 300 }
} as const satisfies Record<string, Kept>;

/** Accounts whose day is remembered; others are counted in the storage when they are asked for. */
const mostAccounts = 5_000;

/** What was counted of an account. */
interface Day {
  readonly day: CalendarDate;
  changes: number;
  bytes: number;
  refusals: number;
}

/** What was counted lately, by account. */
export type Days = Map<AccountId, Day>;

/** GA18: counts what is kept for each account on the relay's day. What was kept before a restart counts, too. */
export class Quotas {
  readonly #changes: Pick<ChangeStore, 'keptOn'>;
  readonly #directory: Pick<Directory, 'public'>;
  readonly #days: Days;

  /** @param days what was counted before; not true any more once something that was counted is not kept after all */
  constructor(
    changes: Pick<ChangeStore, 'keptOn'>,
    directory: Pick<Directory, 'public'>,
    days: Days = new Map()
  ) {
    this.#changes = changes;
    this.#directory = directory;
    this.#days = days;
  }

  /** Whether no more changes of this account are taken today: they come again tomorrow. */
  async isFull(account: AccountId, today: CalendarDate): Promise<boolean> {
    const most = this.#most(account);
    // Nobody known, or not yet: it is refused, or brings its account.
    if (!most) return false;
    const { changes, bytes } = await this.#of(account, today);
    return changes >= most.changes || bytes >= most.bytes;
  }

  /** Takes a refusal from what is kept of them; false: it is one too many. Only under the lock. */
  async takeRefusal(account: AccountId, today: CalendarDate): Promise<boolean> {
    const of = await this.#of(account, today);
    const most = this.#most(account) ?? quotas.pupil;
    if (of.refusals >= most.refusals) return false;
    of.refusals += 1;
    return true;
  }

  /** A change was accepted and is kept. */
  kept(account: AccountId, today: CalendarDate, { header, payload, signature }: SignedChange): void {
    const of = this.#days.get(account);
    if (of?.day !== today) return;
    of.changes += 1;
    of.bytes += utf8(header).length + payload.length + signature.length;
  }

  #most(account: AccountId): Kept | undefined {
    const custody = this.#directory.public(account)?.custody.kind;
    return custody && (custody === 'self' ? quotas.adult : quotas.pupil);
  }

  async #of(account: AccountId, day: CalendarDate): Promise<Day> {
    const known = this.#days.get(account);
    if (known?.day === day) return known;
    const kept = await this.#changes.keptOn(account, day);
    // Somebody else may have asked meanwhile, and something been counted since.
    const now = this.#days.get(account);
    if (now?.day === day) return now;
    const of = { day, ...kept };
    this.#days.delete(account);
    this.#days.set(account, of);
    for (const oldest of this.#days.keys()) {
      if (this.#days.size <= mostAccounts) break;
      this.#days.delete(oldest);
    }
    return of;
  }
}
