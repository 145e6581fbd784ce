import { makeKey } from '#lib/crypto/signing.ts';
import { classroomKeyFellOn, keyInUse } from '#lib/domain/account.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import { adultPasswordProblems } from '#lib/domain/passwords.ts';
import { refuse } from '#lib/domain/refusals.ts';
import { packKey } from '../keys/credential.ts';
import { asked, done, failed, refused, type Result } from '../device/result.ts';
import { isPasswordOf } from '../door/sign-in.ts';
import type { Bench } from '../work/bench.ts';

/** KE10: the adult who is signed in has a classroom password. */
export function hasClassroomPassword(work: Bench): boolean {
  return keyInUse(work.view.directory.public(work.session.account), 'classroom') !== undefined;
}

/** KE13: the day since which the one that the adult had counts for nothing any more, if there is no other. */
export function classroomPasswordFellOn(work: Bench): CalendarDate | undefined {
  const { account } = work.session;
  return classroomKeyFellOn(work.view.directory.public(account), account);
}

/**
 * KE10: gives the adult who is signed in a classroom password, or another one. It opens on the classroom tablets that
 * name them, and nowhere else: this device keeps nothing of it. The password in use here would be worth too much there.
 */
export async function setClassroomPassword(work: Bench, password: string): Promise<Result<void>> {
  const { session } = work;
  const [problem] = adultPasswordProblems(password);
  if (problem) return refused(problem);
  const same = await asked(async () => done(await isPasswordOf(work.app, session, password)));
  if (!same.ok) return same;
  if (same.value) return failed('same-password');
  const space = atHome(work);
  if (!space) return refused(refuse('not-a-member'));
  const packed = await packKey(await makeKey(), session.account, { password, scope: 'classroom' });
  const args = { account: session.account, key: packed.key, reason: 'own' } as const;
  const submitted = await work.submit(space, 'key.set', args, { text: packed.text });
  return submitted.ok ? done(undefined) : submitted;
}

/** KE12: takes it away. */
export async function removeClassroomPassword(work: Bench): Promise<Result<void>> {
  const { account } = work.session;
  const key = keyInUse(work.view.directory.public(account), 'classroom');
  const space = atHome(work);
  if (!key || !space) return done(undefined);
  const submitted = await work.submit(space, 'key.remove', { account, keyId: key.id });
  return submitted.ok ? done(undefined) : submitted;
}

function atHome(work: Bench) {
  return (work.spaces.find(({ id }) => id === work.session.home) ?? work.spaces[0])?.id;
}
