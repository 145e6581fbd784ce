import type { Directory, DirectoryMaps } from './directory.ts';
import type { AccountId, SpaceId } from './ids.ts';
import { LayeredMap } from './layered-map.ts';
import { spaceOf, type MembersMaps, type SpaceState, type StaffMaps } from './state.ts';

type PutInto<Doc extends string, Maps> = {
  [M in keyof Maps & string]: {
    readonly doc: Doc;
    readonly map: M;
    readonly key: string;
    /** null deletes */
    readonly value: Maps[M] | null;
    /** The TwinSpace whose document it is, where that is not the one in which the change was made (AC5, JO4). */
    readonly space?: SpaceId;
  };
}[keyof Maps & string];

/** One record to be written: what a decision comes to. */
export type Put =
  PutInto<'members', MembersMaps> | PutInto<'staff', StaffMaps> | PutInto<'directory', DirectoryMaps>;

/** A put into a document of a named TwinSpace. */
export type SpacePut = Exclude<Put, { doc: 'directory' }> & { readonly space: SpaceId };
export type DirectoryPut = Extract<Put, { doc: 'directory' }>;

/**
 * AC5: what a decision in one TwinSpace comes to everywhere. What it puts into the directory is projected into every
 * TwinSpace of that account: the public part into `members`, the private part and an erasure that is due into `staff`.
 *
 * @param after the directory as it stands after the puts
 */
export function project(puts: readonly Put[], space: SpaceId, after: Directory): readonly SpacePut[] {
  const projected: SpacePut[] = [];
  const accounts = new Map<AccountId, Set<string>>();
  for (const put of puts) {
    if (put.doc !== 'directory') projected.push({ ...put, space: put.space ?? space });
    else if (put.map === 'erasures') {
      const { map, key, value } = put;
      for (const where of after.spaces(key as AccountId))
        projected.push({ doc: 'staff', map, key, value, space: where });
    } else if (put.map === 'public' || put.map === 'private' || put.map === 'spaces') {
      const account = put.key as AccountId;
      accounts.set(account, (accounts.get(account) ?? new Set()).add(put.map));
    }
  }
  for (const [account, maps] of accounts) {
    // A TwinSpace that it has just come to has nothing of it yet; others have what was not put.
    const comes = maps.has('spaces');
    const open = comes || maps.has('public') ? after.public(account) : undefined;
    const closed = comes || maps.has('private') ? after.private(account) : undefined;
    const leaves = comes ? after.erasure(account) : undefined;
    for (const where of after.spaces(account)) {
      if (open) projected.push({ doc: 'members', map: 'people', key: account, value: open, space: where });
      if (closed) projected.push({ doc: 'staff', map: 'people', key: account, value: closed, space: where });
      // ER2: there the day is shown as well.
      if (leaves)
        projected.push({ doc: 'staff', map: 'erasures', key: account, value: leaves, space: where });
    }
  }
  return projected;
}

/** The state with the puts written over it. The given state stays as it was. */
export function withPuts(state: SpaceState, puts: readonly SpacePut[]): SpaceState {
  const tops = new Map<string, Map<string, unknown>>();
  for (const put of puts) {
    if (put.space !== state.id) continue;
    const name = `${put.doc}/${put.map}`;
    const top = tops.get(name) ?? new Map<string, unknown>();
    tops.set(name, top.set(put.key, put.value));
  }
  if (tops.size === 0) return state;
  const members: Record<string, ReadonlyMap<string, unknown>> = { ...state.members };
  const staff: Record<string, ReadonlyMap<string, unknown>> = { ...state.staff };
  for (const [name, top] of tops) {
    const [doc, map = ''] = name.split('/');
    const maps = doc === 'members' ? members : staff;
    maps[map] = LayeredMap.over<unknown>(maps[map] ?? new Map(), top);
  }
  // The puts are typed map by map, so each layer holds what its map holds.
  return spaceOf(state.id, members, staff);
}
