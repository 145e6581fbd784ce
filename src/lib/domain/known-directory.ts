import { directoryMaps, type Directory, type DirectoryMaps } from './directory.ts';
import type { AccountId, DeviceId, KeyId, SecretHash } from './ids.ts';
import type { DirectoryPut, Put } from './puts.ts';
import { nameKey } from './usernames.ts';

/** null: deleted, whatever stands below. */
type Maps = { readonly [M in keyof DirectoryMaps]: Map<string, DirectoryMaps[M] | null> };

/**
 * A directory held in memory: all of it on the relay, what its documents tell on a tablet (AC4); or a few records
 * written over another one. Writing keeps both indexes, usernames by key (UN6) and keys by owner, in step.
 */
export class KnownDirectory implements Directory {
  readonly #maps = Object.fromEntries(directoryMaps.map((name) => [name, new Map()])) as Maps;
  readonly #holders = new Map<string, AccountId>();
  readonly #owners = new Map<KeyId, AccountId>();
  readonly #below: Directory | undefined;

  /** @param below what is asked for whatever has not been written here */
  constructor(below?: Directory) {
    this.#below = below;
  }

  public(account: AccountId): DirectoryMaps['public'] | undefined {
    return this.#read('public', account, () => this.#below?.public(account));
  }

  private(account: AccountId): DirectoryMaps['private'] | undefined {
    return this.#read('private', account, () => this.#below?.private(account));
  }

  spaces(account: AccountId): DirectoryMaps['spaces'] {
    return this.#read('spaces', account, () => this.#below?.spaces(account)) ?? [];
  }

  holderOf(key: string): AccountId | undefined {
    const here = this.#holders.get(key);
    if (here) return here;
    const below = this.#below?.holderOf(key);
    // Whose name is written over no longer holds the old one.
    return below && this.#maps.private.has(below) ? undefined : below;
  }

  ownerOf(key: KeyId): AccountId | undefined {
    return this.#owners.get(key) ?? this.#below?.ownerOf(key);
  }

  erasure(account: AccountId): DirectoryMaps['erasures'] | undefined {
    return this.#read('erasures', account, () => this.#below?.erasure(account));
  }

  erased(account: AccountId): DirectoryMaps['erased'] | undefined {
    return this.#read('erased', account, () => this.#below?.erased(account));
  }

  device(device: DeviceId): DirectoryMaps['devices'] | undefined {
    return this.#read('devices', device, () => this.#below?.device(device));
  }

  draft(key: string): DirectoryMaps['drafts'] | undefined {
    return this.#read('drafts', key, () => this.#below?.draft(key));
  }

  founding(secretHash: SecretHash): DirectoryMaps['foundings'] | undefined {
    return this.#read('foundings', secretHash, () => this.#below?.founding(secretHash));
  }

  recovery(secretHash: SecretHash): DirectoryMaps['recoveries'] | undefined {
    return this.#read('recoveries', secretHash, () => this.#below?.recovery(secretHash));
  }

  recoveriesOf(account: AccountId): ReadonlyMap<SecretHash, DirectoryMaps['recoveries']> {
    const found = new Map(this.#below?.recoveriesOf(account) ?? []);
    for (const [key, recovery] of this.#maps.recoveries) {
      if (recovery?.account === account) found.set(key as SecretHash, recovery);
      else if (recovery === null) found.delete(key as SecretHash);
    }
    return found;
  }

  /** Every record of one map that was written here, in no order. */
  *all<M extends keyof DirectoryMaps>(map: M): Generator<readonly [string, DirectoryMaps[M]]> {
    for (const [key, value] of this.#maps[map]) if (value !== null) yield [key, value as DirectoryMaps[M]];
  }

  /** Writes one record; null deletes it. */
  put({ map, key, value }: DirectoryPut): void {
    if (map === 'private') {
      const before = this.#maps.private.get(key);
      if (before && this.#holders.get(nameKey(before.username)) === key) {
        this.#holders.delete(nameKey(before.username));
      }
      if (value) this.#holders.set(nameKey(value.username), key as AccountId);
    }
    if (map === 'public') for (const known of value?.keys ?? []) this.#owners.set(known.id, key as AccountId);
    const records: Map<string, unknown> = this.#maps[map];
    if (value === null && !this.#below) records.delete(key);
    else records.set(key, value);
  }

  #read<M extends keyof DirectoryMaps>(
    map: M,
    key: string,
    below: () => DirectoryMaps[M] | undefined
  ): DirectoryMaps[M] | undefined {
    const here = this.#maps[map].get(key) as DirectoryMaps[M] | null | undefined;
    return here === undefined ? below() : (here ?? undefined);
  }
}

/** The directory with the puts written over it; the given one stays as it was. */
export function directoryWith(below: Directory, puts: readonly Put[]): Directory {
  const over = puts.filter((put): put is DirectoryPut => put.doc === 'directory');
  if (over.length === 0) return below;
  const directory = new KnownDirectory(below);
  for (const put of over) directory.put(put);
  return directory;
}
