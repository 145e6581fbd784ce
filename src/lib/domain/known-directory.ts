import type { Directory, DirectoryMaps } from './directory.ts';
import { directoryMaps } from './directory.ts';
import type { AccountId, KeyId } from './ids.ts';
import type { DirectoryPut } from './puts.ts';
import { nameKey } from './usernames.ts';

type Maps = { readonly [M in keyof DirectoryMaps]: Map<string, DirectoryMaps[M]> };

/**
 * A directory held in memory: all of it on the relay, what its documents tell on a tablet (AC4). Writing keeps both
 * indexes, usernames by key (UN6) and keys by owner, in step.
 */
export class KnownDirectory implements Directory {
  readonly #maps = Object.fromEntries(directoryMaps.map((name) => [name, new Map()])) as unknown as Maps;
  readonly #holders = new Map<string, AccountId>();
  readonly #owners = new Map<KeyId, AccountId>();

  public(account: AccountId): DirectoryMaps['public'] | undefined {
    return this.#maps.public.get(account);
  }

  private(account: AccountId): DirectoryMaps['private'] | undefined {
    return this.#maps.private.get(account);
  }

  spaces(account: AccountId): DirectoryMaps['spaces'] {
    return this.#maps.spaces.get(account) ?? [];
  }

  holderOf(key: string): AccountId | undefined {
    return this.#holders.get(key);
  }

  ownerOf(key: KeyId): AccountId | undefined {
    return this.#owners.get(key);
  }

  founding(secretHash: string): DirectoryMaps['foundings'] | undefined {
    return this.#maps.foundings.get(secretHash);
  }

  recovery(secretHash: string): DirectoryMaps['recoveries'] | undefined {
    return this.#maps.recoveries.get(secretHash);
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
    if (value === null) records.delete(key);
    else records.set(key, value);
  }
}
