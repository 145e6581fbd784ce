import type { AccountId, DeviceId } from '#lib/domain/ids.ts';

/** Devices whose accounts are remembered. */
const mostDevices = 2_000;

/** Whose keys are on a device, and which of them were let in there; both sorted. */
export interface Accounts {
  readonly accounts: readonly AccountId[];
  readonly signedIn: readonly AccountId[];
}

/**
 * Who is let in on which device, as far as it was asked for lately: a tablet on which a school was typed in has
 * thousands, and every change asks. True because this process has the database for itself (ST4); told of each account
 * after it was stored.
 */
export class LetIn {
  readonly #accounts = new Map<string, Accounts>();
  /** What was stored when a transaction began. */
  readonly #below: LetIn | undefined;
  readonly #began: number;
  /** Whether that is still so within the transaction. */
  #holds = true;
  /** How often somebody was let in anywhere. */
  count = 0;

  /** @param below of what is stored, where this is of a transaction that begins */
  constructor(below?: LetIn) {
    this.#below = below;
    this.#began = below?.count ?? 0;
  }

  get(device: string): Accounts | undefined {
    return this.#accounts.get(device) ?? (this.#holds ? this.#below?.get(device) : undefined);
  }

  /** The transaction is stored: what it knows is known. */
  commit(): void {
    const below = this.#below;
    if (!below) return;
    const alone = below.count === this.#began;
    if (this.count > 0) below.count += 1;
    if (!this.#holds || !alone) below.#accounts.clear();
    if (alone) for (const [device, accounts] of this.#accounts) below.set(device, accounts, below.count);
  }

  /**
   * What the database said.
   *
   * @param asked the count when it was asked: if somebody was let in since, the answer may be older than that
   */
  set(device: string, accounts: Accounts, asked: number): void {
    if (asked !== this.count) return;
    this.#accounts.delete(device);
    this.#accounts.set(device, accounts);
    for (const oldest of this.#accounts.keys()) {
      if (this.#accounts.size <= mostDevices) break;
      this.#accounts.delete(oldest);
    }
  }

  /** Somebody was taken off devices, or is let in no longer: all is asked for again. */
  forget(): void {
    this.count += 1;
    this.#holds = false;
    this.#accounts.clear();
  }

  /** The accounts have been let in, or their keys given to the device, and that is stored. */
  added(device: DeviceId, more: readonly AccountId[], held: boolean): void {
    this.count += 1;
    const known = this.get(device);
    if (!known) return;
    const signedIn = held ? known.signedIn : merged(known.signedIn, more);
    this.#accounts.set(device, { accounts: merged(known.accounts, more), signedIn });
  }
}

function merged(some: readonly AccountId[], more: readonly AccountId[]): readonly AccountId[] {
  return [...new Set([...some, ...more])].sort();
}
