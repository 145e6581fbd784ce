import type { Directory, DirectoryMaps } from './directory.ts';
import type { AccountId } from './ids.ts';
import type { DirectoryPut, Put } from './puts.ts';
import { nameKey } from './usernames.ts';

/** The directory with the puts written over it; what they do not touch is asked of the one below. */
export function directoryWith(below: Directory, puts: readonly Put[]): Directory {
  const over = puts.filter((put): put is DirectoryPut => put.doc === 'directory');
  if (over.length === 0) return below;
  const maps: { [M in keyof DirectoryMaps]: Map<string, DirectoryMaps[M]> } = {
    public: new Map(),
    private: new Map(),
    spaces: new Map(),
    foundings: new Map(),
    recoveries: new Map()
  };
  for (const { map, key, value } of over) (maps[map] as Map<string, typeof value>).set(key, value);
  return {
    public: (account) => maps.public.get(account) ?? below.public(account),
    private: (account) => maps.private.get(account) ?? below.private(account),
    spaces: (account) => maps.spaces.get(account) ?? below.spaces(account),
    founding: (hash) => maps.foundings.get(hash) ?? below.founding(hash),
    recovery: (hash) => maps.recoveries.get(hash) ?? below.recovery(hash),
    holderOf: (key) => {
      for (const [account, { username }] of maps.private) {
        if (nameKey(username) === key) return account as AccountId;
      }
      const holder = below.holderOf(key);
      // Whose name is written over no longer holds the old one.
      return holder && maps.private.has(holder) ? undefined : holder;
    },
    ownerOf: (key) => {
      for (const [account, { keys }] of maps.public) {
        if (keys.some((known) => known.id === key)) return account as AccountId;
      }
      return below.ownerOf(key);
    }
  };
}
