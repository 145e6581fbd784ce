import type { Directory } from '#lib/domain/directory.ts';
import type { AccountId, SpaceId } from '#lib/domain/ids.ts';
import { isServed } from '#lib/domain/may-read.ts';
import { defaultSettings } from '#lib/domain/settings.ts';
import { activeMember, settingsOf } from '#lib/domain/state.ts';
import type { Truth } from '#relay/truth/truth.ts';
import type { StoredDevice } from '#relay/storage/records.ts';
import { keyInUse } from '#lib/domain/account.ts';
import { allKeysOnTablet, type GivenKey } from './given-keys.ts';
import { letInOn } from './let-in.ts';
import { isStaffAtHome } from './raised.ts';

/** What a device has a right to now. All of it is in the relay's memory. */
export interface Holding {
  /** Who is let in. */
  readonly accounts: readonly AccountId[];
  readonly keys: readonly GivenKey[];
  /** The TwinSpaces whose documents it may ask for. */
  readonly spaces: readonly SpaceId[];
  /** SE4: days for which the keys open after a contact. */
  readonly leaseDays: number;
}

/** SI6, TB5: what the device has a right to. */
export function holdingOf(truth: Truth, directory: Directory, device: StoredDevice): Promise<Holding> {
  return device.kind === 'classroom'
    ? ofTablet(truth, directory, device)
    : ofPersonal(truth, directory, device);
}

async function ofTablet(truth: Truth, directory: Directory, device: StoredDevice): Promise<Holding> {
  const state = device.space && (await truth.space(device.space))?.state;
  const tablet = state && state.staff.tablets.get(device.id);
  const leaseDays = state ? settingsOf(state).leaseDays : defaultSettings.leaseDays;
  // TB4: until the yes it holds nothing.
  if (!state || !tablet || !isServed(state, device)) return { accounts: [], keys: [], spaces: [], leaseDays };
  const signedIn = await pupilsSignedIn(truth, directory, device);
  const keys = allKeysOnTablet(state, directory, tablet, signedIn);
  const accounts = [...new Set(keys.map(({ account }) => account))];
  return { accounts, keys, spaces: [state.id], leaseDays };
}

/** TB5, TB9: who signed in online on a classroom tablet and is no adult at home. */
export async function pupilsSignedIn(
  truth: Truth,
  directory: Directory,
  { signedIn }: StoredDevice
): Promise<readonly AccountId[]> {
  const pupils: AccountId[] = [];
  for (const account of signedIn) if (!(await isStaffAtHome(truth, directory, account))) pupils.push(account);
  return pupils;
}

async function ofPersonal(truth: Truth, directory: Directory, device: StoredDevice): Promise<Holding> {
  const accounts = await letInOn(truth, directory, device);
  const keys: GivenKey[] = [];
  for (const account of accounts) {
    const key = keyInUse(directory.public(account), 'full');
    if (key) keys.push({ account, key, by: 'password' });
  }
  const spaces = [...new Set(accounts.flatMap((account) => directory.spaces(account)))];
  const leases: number[] = [];
  for (const id of directory.spaces(device.owner)) {
    const state = (await truth.space(id))?.state;
    if (state && activeMember(state, device.owner)) leases.push(settingsOf(state).leaseDays);
  }
  const leaseDays = leases.length > 0 ? Math.min(...leases) : defaultSettings.leaseDays;
  return { accounts, keys, spaces, leaseDays };
}
