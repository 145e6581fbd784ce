import type { AccountKey } from '#lib/domain/account.ts';
import type { CommandName } from '#lib/domain/commands/command.ts';
import type { Directory } from '#lib/domain/directory.ts';
import type { AccountId, DeviceId } from '#lib/domain/ids.ts';
import type { Put, SpacePut } from '#lib/domain/puts.ts';
import { activeMember, type SpaceState } from '#lib/domain/state.ts';
import type { LetInEnd, StoredDevice } from '#relay/storage/records.ts';
import type { Storage } from '#relay/storage/storage.ts';

/** What a change ends of who is let in where. */
export interface LetInEnds {
  readonly shutOut: readonly LetInEnd[];
  /** The devices that read or hold less than before: they ask anew, at once. */
  readonly devices: readonly StoredDevice[];
}

/** What the ends are found from. */
interface Told {
  readonly change: { readonly name: CommandName; readonly device: DeviceId; readonly actor: AccountId };
  readonly puts: readonly Put[];
  /** The same as they go into the documents. */
  readonly spacePuts: readonly SpacePut[];
  /** Everything as it stood before. */
  readonly directory: Directory;
  readonly states: readonly SpaceState[];
}

/** Whose power over pupils' accounts ends, and over which. */
interface PowerEnd {
  readonly owner: AccountId;
  readonly over: (pupil: AccountId) => boolean;
}

/**
 * SI12: where a password counts for nothing any more (somebody knew it, it was recovered, its person was raised), or its
 * person signs out everywhere (MY9), the account is let in on no device but the one that said so; a personal device
 * whose owner it is lets nobody in any more, for whoever holds it may have let others in. SI14: of a pupil who is handed
 * over nothing is left on the devices of the former teacher, nor of a home's pupils on those of somebody who is its
 * administrator no longer.
 */
export async function letInEnds(storage: Pick<Storage, 'devices'>, told: Told): Promise<LetInEnds> {
  const accounts = new Set(signedOut(told));
  const powers = [...handedOver(told), ...demoted(told)];
  const owners = powers.map(({ owner }) => owner);
  if (accounts.size + owners.length === 0) return { shutOut: [], devices: [] };
  const shutOut: LetInEnd[] = [];
  const devices: StoredDevice[] = [];
  for (const device of await storage.devices.serving([...accounts, ...owners])) {
    const out = outOn(device, told, accounts, powers);
    for (const account of out) shutOut.push({ device: device.id, account });
    const ofPower = device.kind === 'personal' && owners.includes(device.owner);
    if (out.length > 0 || (ofPower && told.directory.device(device.id)?.pupils)) devices.push(device);
  }
  return { shutOut, devices };
}

function outOn(
  { id, kind, owner, signedIn }: StoredDevice,
  { change }: Told,
  accounts: ReadonlySet<AccountId>,
  powers: readonly PowerEnd[]
): readonly AccountId[] {
  const out = id === change.device ? [] : signedIn.filter((account) => accounts.has(account));
  if (kind !== 'personal') return out;
  if (out.includes(owner)) return signedIn;
  const over = powers.filter((power) => power.owner === owner);
  return signedIn.filter(
    (account) => out.includes(account) || (account !== owner && over.some((power) => power.over(account)))
  );
}

/** Whose full keys count for nothing any more after the puts, or who signs out. */
function signedOut({ change, puts, directory }: Told): readonly AccountId[] {
  if (change.name === 'account.sign-out') return [change.actor];
  return puts.flatMap((put) => {
    if (put.doc !== 'directory' || put.map !== 'public' || !put.value) return [];
    const account = put.key as AccountId;
    const fallen = new Set(put.value.keys.filter(isDistrusted).map(({ id }) => id));
    const before = directory.public(account)?.keys ?? [];
    const falls = before.some((key) => key.scope === 'full' && !isDistrusted(key) && fallen.has(key.id));
    return falls ? [account] : [];
  });
}

function handedOver({ puts, directory }: Told): readonly PowerEnd[] {
  return puts.flatMap((put): PowerEnd[] => {
    if (put.doc !== 'directory' || put.map !== 'public' || put.value?.custody.kind !== 'home') return [];
    const pupil = put.key as AccountId;
    const before = directory.public(pupil)?.custody;
    if (before?.kind !== 'home' || before.custodian === put.value.custody.custodian) return [];
    return [{ owner: before.custodian, over: (account) => account === pupil }];
  });
}

function demoted({ spacePuts, directory, states }: Told): readonly PowerEnd[] {
  return spacePuts.flatMap((put): PowerEnd[] => {
    if (put.doc !== 'members' || put.map !== 'members') return [];
    const owner = put.key as AccountId;
    const state = states.find(({ id }) => id === put.space);
    const was = state && activeMember(state, owner)?.role === 'teacher-admin';
    const stays = put.value?.role === 'teacher-admin' && put.value.status.is === 'active';
    if (!was || stays) return [];
    const over = (account: AccountId): boolean => {
      const known = directory.public(account);
      const { custody, home } = known ?? {};
      return home === put.space && custody?.kind === 'home' && custody.custodian !== owner;
    };
    return [{ owner, over }];
  });
}

function isDistrusted({ state }: AccountKey): boolean {
  return state.is === 'distrusted';
}
