import type { CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId, DeviceId, SpaceId } from '#lib/domain/ids.ts';
import { refuse } from '#lib/domain/refusals.ts';
import { isUsername, nameKey } from '#lib/domain/usernames.ts';
import type { SpaceDevice } from '#lib/protocol/messages.ts';
import type { RelayClient } from '#lib/sync/relay-client.ts';
import { RelayError } from '#lib/sync/relay-error.ts';
import { homeOf } from '../work/may.ts';
import { proposeUsername, type Proposal } from '../keys/propose-username.ts';
import { done, problemOf, refused, type Result } from '../device/result.ts';
import type { Wish } from '../work/wish.ts';
import { setPassword, type GivenPassword } from './set-password.ts';
import type { Bench } from '../work/bench.ts';

/** What of an account is to be changed; what is left out stays as it is (AC8). */
export interface AccountChange {
  readonly given?: string;
  readonly family?: string;
  readonly school?: string;
  readonly username?: string;
}

/** A device of a TwinSpace as its administrators see it: days only; whose it is as the members are now. */
export interface SpaceDeviceRow {
  readonly id: DeviceId;
  readonly kind: 'personal' | 'classroom';
  readonly ownerDisplay: string;
  /** TB16: it belongs to the person who looks, or to somebody whose home this TwinSpace is. */
  readonly mayRevoke: boolean;
  readonly lastContact: CalendarDate;
  /** Changes that waited on it when it last said so (SP6). */
  readonly waiting: number;
  /** ER7: the day on which it confirmed an erasure. */
  readonly confirmed?: CalendarDate;
}

/** ER9: who has confirmed an erasure: this TwinSpace's own devices, and of all others the number. */
export interface Receipt {
  readonly devices: readonly SpaceDeviceRow[];
  readonly others: { readonly devices: number; readonly confirmed: number };
}

/**
 * What can be done with the accounts of a TwinSpace's members. Each thing is asked for in the account's home, where
 * that is one of the person's TwinSpaces too: only there is seen who may (AC1).
 */
export class Accounts {
  readonly #work: Bench;
  readonly #space: SpaceId;

  constructor(work: Bench, space: SpaceId) {
    this.#work = work;
    this.#space = space;
  }

  /** AC8: only what differs from what is known is sent, so that two people who mend different things both do. */
  async rename(account: AccountId, change: AccountChange): Promise<Result<void>> {
    const known = this.#work.view.directory.private(account);
    if (!known) return refused(refuse('unknown-member'));
    const differing = Object.entries(change).filter(
      ([name, value]) => value !== undefined && value !== known[name as keyof AccountChange]
    );
    if (differing.length === 0) return done(undefined);
    return this.#atHome(account, {
      name: 'account.rename',
      args: { account, ...(Object.fromEntries(differing) as AccountChange) }
    });
  }

  /** G3: the first free username for these names; the account's own does not stand in its way. */
  async proposeUsername(account: AccountId, given: string, family: string): Promise<Result<Proposal>> {
    const { directory } = this.#work.view;
    const taken = (key: string): boolean => (directory.holderOf(key) ?? account) !== account;
    return proposeUsername(given, family, taken, this.#work.app.relay);
  }

  /**
   * Whether a username that somebody typed is free: `certain` where the relay counts up to just this number; else the
   * relay's word comes when it is sent.
   */
  async checkUsername(account: AccountId, username: string): Promise<Result<Proposal>> {
    if (!isUsername(username)) return refused(refuse('username-invalid'));
    const holder = this.#work.view.directory.holderOf(nameKey(username));
    if (holder && holder !== account) return refused(refuse('username-invalid'));
    const at = username.lastIndexOf('.');
    try {
      const next = await this.#work.app.relay.nextUsername(username.slice(0, at));
      return done({ username, certain: next === username });
    } catch (error) {
      if (!(error instanceof RelayError)) throw error;
      return done({ username, certain: false });
    }
  }

  setPassword(given: GivenPassword): Promise<Result<void>> {
    return setPassword(this.#work, this.#space, given);
  }

  /** ER1: has the account erased seven days after the relay has heard of it. @param typed its username, typed out */
  async erase(account: AccountId, typed: string): Promise<Result<void>> {
    return this.#atHome(account, { name: 'account.erase', args: { account, typed } });
  }

  /** ER2: calls that off. */
  async keep(account: AccountId): Promise<Result<void>> {
    return this.#atHome(account, { name: 'account.keep', args: { account } });
  }

  /** ER5: what is left of erased accounts here: the id and the day, the latest first. */
  get erased(): readonly { readonly account: AccountId; readonly on: CalendarDate }[] {
    const rows: { readonly account: AccountId; readonly on: CalendarDate }[] = [];
    for (const [id, { status }] of this.#work.stateOf(this.#space).members.members)
      if (status.is === 'erased') rows.push({ account: id as AccountId, on: status.on });
    return rows.sort((a, b) => b.on.localeCompare(a.on));
  }

  /** ER7: which devices have confirmed an erasure and which have not yet been in contact; asked of the relay. */
  async receipt(account: AccountId): Promise<Result<Receipt>> {
    let others: Receipt['others'] = { devices: 0, confirmed: 0 };
    const devices = await this.#devices(async (relay) => {
      const receipt = await relay.erasureReceipt(this.#space, account);
      ({ others } = receipt);
      return receipt.devices;
    });
    return devices.ok ? done({ devices: devices.value, others }) : devices;
  }

  /** SP6: the devices of the TwinSpace, and how much waits on each; asked of the relay. */
  devices(): Promise<Result<readonly SpaceDeviceRow[]>> {
    return this.#devices((relay) => relay.spaceDevices(this.#space));
  }

  /** TB16: a member's own device counts for nothing any more; it is emptied at its next contact. */
  async revokeDevice(device: DeviceId): Promise<Result<void>> {
    const submitted = await this.#work.submit(this.#space, 'device.revoke', { device });
    return submitted.ok ? done(undefined) : submitted;
  }

  async #devices(
    ask: (relay: RelayClient) => Promise<readonly SpaceDevice[]>
  ): Promise<Result<readonly SpaceDeviceRow[]>> {
    try {
      const devices = await ask(this.#work.app.relay);
      const [work, space] = [this.#work, this.#space];
      // Asked for each time: the relay may answer before the members are read.
      return done(
        devices.map(({ owner, ...device }) => ({
          ...device,
          get ownerDisplay() {
            return work.nameOf(space, owner);
          },
          get mayRevoke() {
            return owner === work.session.account || work.view.directory.public(owner)?.home === space;
          }
        }))
      );
    } catch (error) {
      return problemOf(error);
    }
  }

  async #atHome(account: AccountId, wish: Wish): Promise<Result<void>> {
    const [answer] = await this.#work.submitMany(homeOf(this.#work, this.#space, account), [wish]);
    return answer?.ok === false ? answer : done(undefined);
  }
}
