import type { Bcrypt } from '#lib/crypto/sealed-key.ts';
import { makeKey } from '#lib/crypto/signing.ts';
import { keyInUse } from '#lib/domain/account.ts';
import type { AccountId, SpaceId } from '#lib/domain/ids.ts';
import { pupilPasswordProblems } from '#lib/domain/passwords.ts';
import { refuse } from '#lib/domain/refusals.ts';
import { nameKey } from '#lib/domain/usernames.ts';
import { keyOf } from '#lib/store/credentials.ts';
import { bcryptInWorker } from '../keys/bcrypt.ts';
import { packKey } from '../keys/credential.ts';
import { helped } from './hands.ts';
import { heldHere } from '../keys/held-here.ts';
import { homeOf } from '../work/may.ts';
import { done, refused, type Result } from '../device/result.ts';
import type { Wish } from '../work/wish.ts';
import type { Bench } from '../work/bench.ts';

/** Why a pupil gets a new password from somebody else (KE4, KE5). */
export type SetReason = 'forgotten' | 'someone-knows';

/** A new password that somebody else gives a pupil. */
export interface GivenPassword {
  readonly member: AccountId;
  readonly password: string;
  readonly reason: SetReason;
}

/**
 * KE6 (G18): gives a pupil a new password, with the reason; it opens the account on this tablet at once. It is asked
 * for in the pupil's home, where that is one of the person's TwinSpaces too (AC1).
 */
export async function setPassword(work: Bench, space: SpaceId, given: GivenPassword): Promise<Result<void>> {
  const wish = await passwordWish(work, space, given, bcryptInWorker);
  if (!wish.ok) return wish;
  const [submitted] = await work.submitMany(homeOf(work, space, given.member), [wish.value]);
  if (submitted?.ok === false) return submitted;
  await helped(work, given.member);
  return done(undefined);
}

/** The command that gives the password. KE9: it says which key it replaces, as far as is known here. */
export async function passwordWish(
  work: Bench,
  space: SpaceId,
  { member, password, reason }: GivenPassword,
  bcrypt: Bcrypt
): Promise<Result<Wish>> {
  const [problem] = pupilPasswordProblems(password);
  if (problem) return refused(problem);
  const account = work.view.directory.public(member);
  const display = work.stateOf(space).members.members.get(member)?.display;
  const before = await keyOf(work.app.db, member, 'password');
  // On a classroom tablet no document tells usernames: those of its pupils stand with their sealed keys.
  const username = work.view.directory.private(member)?.username ?? before?.username;
  if (!username || !account || !display) return refused(refuse('unknown-member'));
  const packed = await packKey(await makeKey(), member, { password }, bcrypt);
  const nameKeys = [...new Set([nameKey(username), ...(before?.nameKeys ?? [])])];
  const person = { account: member, username, display, home: account.home, nameKeys };
  const current = keyInUse(account, 'full');
  const replaces = current ? { replaces: current.id } : {};
  const args = { account: member, key: packed.key, reason, ...replaces };
  const brought = { text: packed.text, row: heldHere(person, packed) };
  return done({ name: 'key.set', args, brought });
}
