import type { AccountKey } from '#lib/domain/account.ts';
import type { Directory } from '#lib/domain/directory.ts';
import type { AccountId, DeviceId, KeyId, SpaceId } from '#lib/domain/ids.ts';
import type { Put, SpacePut } from '#lib/domain/puts.ts';
import { isStaff } from '#lib/domain/roles.ts';
import type { Member, SpaceState } from '#lib/domain/state.ts';
import { keysOnTablet } from '#relay/devices/given-keys.ts';
import type { Storage } from '#relay/storage/storage.ts';

/** What a change says of devices themselves. */
export interface SaidOfDevices {
  /** TB7 */
  readonly revoked: readonly DeviceId[];
  /** TB4, TB6, TB8: those of which something else was said; a classroom tablet among them waits no longer. */
  readonly changed: readonly DeviceId[];
}

/** What the puts of a change say of devices. */
export function saidOfDevices(puts: readonly Put[]): SaidOfDevices {
  const revoked: DeviceId[] = [];
  const changed: DeviceId[] = [];
  for (const put of puts) {
    const tablet = put.doc === 'staff' && put.map === 'tablets';
    const personal = put.doc === 'directory' && put.map === 'devices';
    if ((!tablet && !personal) || !put.value) continue;
    (put.value.revoked ? revoked : changed).push(put.key as DeviceId);
  }
  return { revoked, changed };
}

/**
 * TB6: the classroom tablets that are to hold other groups than before.
 *
 * @param before the TwinSpaces as they stood before the puts
 */
export function rescoped(puts: readonly SpacePut[], before: readonly SpaceState[]): readonly DeviceId[] {
  return puts.flatMap((put) => {
    if (put.doc !== 'staff' || put.map !== 'tablets' || !put.value) return [];
    const known = before.find(({ id }) => id === put.space)?.staff.tablets.get(put.key);
    const same = !known || JSON.stringify(known.groups) === JSON.stringify(put.value.groups);
    return same ? [] : [put.key as DeviceId];
  });
}

/** The keys that are current before the puts and not after: nobody is given their sealed halves any more. */
export function endedKeys(puts: readonly Put[], before: Directory): readonly KeyId[] {
  return puts.flatMap((put) => {
    if (put.doc !== 'directory' || put.map !== 'public' || !put.value) return [];
    const left = new Set(currentOf(put.value.keys));
    return currentOf(before.public(put.key as AccountId)?.keys ?? []).filter((id) => !left.has(id));
  });
}

/** In one TwinSpace: whoever may be given to other classroom tablets than before, or otherwise. */
export interface ScopeChange {
  readonly space: SpaceId;
  readonly accounts: readonly AccountId[];
}

/**
 * SI11: what the puts change of what classroom tablets are given: whoever's role, place or groups are others, whose
 * current keys, custody or username are. Names shown, profiles, former keys and sign-ins change nothing of it; nor does
 * anything in a TwinSpace without classroom tablets.
 *
 * @param before the TwinSpaces as they stood before the puts
 */
export function scopeChanges(
  puts: readonly SpacePut[],
  before: readonly SpaceState[]
): readonly ScopeChange[] {
  const changes: ScopeChange[] = [];
  for (const state of before) {
    if (![...state.staff.tablets.values()].some((tablet) => !tablet.revoked)) continue;
    const accounts = new Set<AccountId>();
    for (const put of puts) {
      if (put.space === state.id && givenOtherwise(put, state)) accounts.add(put.key as AccountId);
    }
    if (accounts.size > 0) changes.push({ space: state.id, accounts: [...accounts] });
  }
  return changes;
}

/**
 * TB9: who becomes an adult at home, or is one no longer. Wherever else they are a pupil, their keys leave classroom
 * tablets with it, and come back.
 *
 * @param before the TwinSpaces as they stood before the puts
 */
export function raisedAtHome(
  puts: readonly SpacePut[],
  before: readonly SpaceState[],
  directory: Directory
): readonly AccountId[] {
  const isAdult = (member: Member | null | undefined): boolean => !!member && isStaff(member.role);
  return puts.flatMap((put) => {
    if (put.doc !== 'members' || put.map !== 'members') return [];
    const account = put.key as AccountId;
    const state = before.find(({ id }) => id === put.space);
    if (!state || directory.public(account)?.home !== state.id) return [];
    return isAdult(put.value) === isAdult(state.members.members.get(account)) ? [] : [account];
  });
}

/**
 * SI11: the classroom tablets of other TwinSpaces that hold, or held, keys of these accounts.
 *
 * @param told the TwinSpaces whose tablets are told already
 */
export async function tabletsElsewhere(
  storage: Storage,
  accounts: readonly AccountId[],
  told: readonly SpaceId[]
): Promise<readonly DeviceId[]> {
  if (accounts.length === 0) return [];
  const devices = await storage.devices.serving(accounts);
  return devices.flatMap(({ id, space }) => (space === undefined || told.includes(space) ? [] : [id]));
}

/**
 * The classroom tablets that are given something else after such a change: those that had a key of one of the accounts,
 * and those that have now.
 *
 * @param after the TwinSpace as it stands after the puts
 */
export async function tabletsGivenOtherwise(
  storage: Storage,
  directory: Directory,
  { accounts }: ScopeChange,
  after: SpaceState
): Promise<readonly DeviceId[]> {
  const tablets = new Set<DeviceId>();
  for (const { id, space } of await storage.devices.serving(accounts))
    if (space === after.id) tablets.add(id);
  for (const [id, tablet] of after.staff.tablets) {
    if (tablet.revoked) continue;
    const given = (account: AccountId): boolean =>
      keysOnTablet(after, directory, tablet, account, false).length > 0;
    if (accounts.some(given)) tablets.add(id as DeviceId);
  }
  return [...tablets];
}

function givenOtherwise(put: SpacePut, { members, staff }: SpaceState): boolean {
  const { key } = put;
  if (put.doc === 'members' && put.map === 'members') {
    const of = (member = put.value): string =>
      JSON.stringify([member?.role, member?.status.is, member?.groups ?? []]);
    return of() !== of(members.members.get(key) ?? null);
  }
  if (put.doc === 'members' && put.map === 'people') {
    const of = (person = put.value): string =>
      JSON.stringify([person?.home, person?.custody.kind, currentOf(person?.keys ?? [])]);
    return of() !== of(members.people.get(key) ?? null);
  }
  return put.doc === 'staff' && put.map === 'people'
    ? put.value?.username !== staff.people.get(key)?.username
    : false;
}

function currentOf(keys: readonly AccountKey[]): readonly KeyId[] {
  return keys.filter(({ state }) => state.is === 'current').map(({ id }) => id);
}
