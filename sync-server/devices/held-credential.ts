import type { AccountKey } from '#lib/domain/account.ts';
import type { Directory } from '#lib/domain/directory.ts';
import type { AccountId, SpaceId } from '#lib/domain/ids.ts';
import {
  readCredential,
  type Credential,
  type HeldCredential,
  type SealUse
} from '#lib/protocol/credential.ts';
import type { Truth } from '#relay/truth/truth.ts';
import type { Storage } from '#relay/storage/storage.ts';
import { keyInUse } from '#lib/domain/account.ts';
import { type GivenKey } from '#relay/devices/given-keys.ts';

/** A seal of an account's current full key, with what is around it. */
export interface KnownSeal {
  readonly account: AccountId;
  readonly key: AccountKey;
  readonly seal: Credential['seals'][number];
}

/** A key that a device is given, and under which names, without its seal: known without asking the storage. */
export interface NamedKey extends GivenKey {
  readonly username: string;
  readonly display: string;
  readonly home: SpaceId;
}

/** SI2: the seal that opens the account's current full key in this way, if there is one. */
export async function currentSeal(
  { storage }: { readonly storage: Storage },
  directory: Directory,
  account: AccountId,
  use: SealUse
): Promise<KnownSeal | undefined> {
  const key = keyInUse(directory.public(account), 'full');
  if (!key) return undefined;
  const text = await storage.directory.credential(key.id);
  const seal = text && readCredential(text, account, key)?.seals.find((candidate) => candidate.for === use);
  return seal ? { account, key, seal } : undefined;
}

/** The key with the names of its account; undefined for one that nobody knows any more. */
export function named(
  directory: Directory,
  given: GivenKey,
  display: string | undefined
): NamedKey | undefined {
  const home = directory.public(given.account)?.home;
  const username = directory.private(given.account)?.username;
  if (!home || username === undefined) return undefined;
  return { ...given, username, display: display ?? username, home };
}

/** What a device may keep of it: enough to open the key, not what the relay compares. */
export function heldCredential(
  { account, key, by, username, display, home }: NamedKey,
  { salt, cost, iv, sealed }: KnownSeal['seal']
): HeldCredential {
  const { id, publicKey, scope } = key;
  return { account, username, display, home, key: id, publicKey, scope, by, salt, cost, iv, sealed };
}

/** Seals that are kept read: those of five TwinSpaces of 5 000, some 15 MB. */
const mostSeals = 25_000;

/** Sealed keys, each read once: a key never gets another seal, a new password brings a new key. */
export class HeldCredentials {
  readonly #storage: Storage;
  /** By key and by what opens it; the longest unasked first. */
  readonly #seals = new Map<string, KnownSeal['seal']>();

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  /** The sealed keys themselves, in this order; those of which nothing is kept are left out. */
  async of(keys: readonly NamedKey[]): Promise<readonly HeldCredential[]> {
    const seals = new Map<string, KnownSeal['seal']>();
    const unread: NamedKey[] = [];
    for (const one of keys) {
      const seal = this.#seals.get(nameOf(one));
      if (seal) seals.set(nameOf(one), seal);
      else unread.push(one);
    }
    if (unread.length > 0) {
      const texts = await this.#storage.directory.credentials(unread.map(({ key }) => key.id));
      for (const one of unread) {
        const text = texts.get(one.key.id);
        const all = text === undefined ? [] : readCredential(text, one.account, one.key)?.seals;
        const seal = all?.find((candidate) => candidate.for === one.by);
        if (seal) seals.set(nameOf(one), seal);
      }
    }
    for (const [name, seal] of seals) {
      this.#seals.delete(name);
      this.#seals.set(name, seal);
    }
    for (const oldest of this.#seals.keys()) {
      if (this.#seals.size <= mostSeals) break;
      this.#seals.delete(oldest);
    }
    return keys.flatMap((one) => {
      const seal = seals.get(nameOf(one));
      return seal ? [heldCredential(one, seal)] : [];
    });
  }
}

function nameOf({ key, by }: NamedKey): string {
  return `${key.id} ${by}`;
}

/** Under which name the account stands in its home TwinSpace, else in another. */
export async function displayOf(
  truth: Truth,
  directory: Directory,
  account: AccountId
): Promise<string | undefined> {
  const home = directory.public(account)?.home;
  for (const id of [...(home ? [home] : []), ...directory.spaces(account)]) {
    const member = (await truth.space(id))?.state.members.members.get(account);
    if (member) return member.display;
  }
  return undefined;
}
