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
  /** How often somebody was let in anywhere. */
  count = 0;

  get(device: string): Accounts | undefined {
    return this.#accounts.get(device);
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
    this.#accounts.clear();
  }

  /** The accounts have been let in, or their keys given to the device, and that is stored. */
  added(device: DeviceId, more: readonly AccountId[], held: boolean): void {
    this.count += 1;
    const known = this.#accounts.get(device);
    if (!known) return;
    const signedIn = held ? known.signedIn : merged(known.signedIn, more);
    this.#accounts.set(device, { accounts: merged(known.accounts, more), signedIn });
  }
}

function merged(some: readonly AccountId[], more: readonly AccountId[]): readonly AccountId[] {
  return [...new Set([...some, ...more])].sort();
}
