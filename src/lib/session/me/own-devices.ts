import type { CommandArgs } from '#lib/domain/commands/command.ts';
import type { DeviceId } from '#lib/domain/ids.ts';
import { refuse } from '#lib/domain/refusals.ts';
import { done, refused, type Result } from '../device/result.ts';
import type { Bench } from '../work/bench.ts';

/** TB8: gives a personal device of one's own a name. */
export function renameDevice(work: Bench, device: DeviceId, name: string): Promise<Result<void>> {
  return about(work, 'device.set', { device, name });
}

/** TB8: whether the pupils in one's own custody sign in there, too. */
export function letPupilsIn(work: Bench, device: DeviceId, pupils: boolean): Promise<Result<void>> {
  return about(work, 'device.set', { device, pupils });
}

/** TB7, TB8: nothing that comes from it counts any more; it is emptied at its next contact. */
export function revokeDevice(work: Bench, device: DeviceId): Promise<Result<void>> {
  return about(work, 'device.revoke', { device });
}

/** MY9: every other device asks for the password again, and reads nothing until then. Works offline, and is then sent. */
export function signOutEverywhere(work: Bench): Promise<Result<void>> {
  return about(work, 'account.sign-out', {});
}

/** A device belongs to no TwinSpace: it is asked for where one is at home, else in any other of one's own. */
async function about<Name extends 'device.set' | 'device.revoke' | 'account.sign-out'>(
  work: Bench,
  name: Name,
  args: CommandArgs[Name]
): Promise<Result<void>> {
  const space = work.spaces.find(({ id }) => id === work.session.home) ?? work.spaces[0];
  if (!space) return refused(refuse('not-a-member'));
  const submitted = await work.submit(space.id, name, args);
  return submitted.ok ? done(undefined) : submitted;
}
