import type { Bcrypt } from '#lib/crypto/sealed-key.ts';
import { makeKey } from '#lib/crypto/signing.ts';
import { keyInUse } from '#lib/domain/account.ts';
import type { AccountId, SpaceId } from '#lib/domain/ids.ts';
import { pictureSecret, type PictureName } from '#lib/domain/pictures.ts';
import { refuse } from '#lib/domain/refusals.ts';
import { nameKey } from '#lib/domain/usernames.ts';
import { dropKey, keyOf } from '#lib/store/credentials.ts';
import { bcryptInWorker } from '../keys/bcrypt.ts';
import { packKey } from '../keys/credential.ts';
import { heldHere } from '../keys/held-here.ts';
import { homeOf } from '../work/may.ts';
import { done, refused, type Result } from '../device/result.ts';
import type { Wish } from '../work/wish.ts';
import type { Bench } from '../work/bench.ts';

/** KE11: four pictures open the pupil's account on classroom tablets. */
export function hasPictures(work: Bench, member: AccountId): boolean {
  const self = work.view.directory.public(member)?.custody.kind === 'self';
  return !self && keyInUse(work.view.directory.public(member), 'classroom') !== undefined;
}

/** Four pictures that somebody gives a pupil. */
export interface GivenPictures {
  readonly member: AccountId;
  readonly pictures: readonly PictureName[];
}

/** KE11: gives a pupil four pictures, or others; on a classroom tablet they open at once. */
export async function setPictures(work: Bench, space: SpaceId, given: GivenPictures): Promise<Result<void>> {
  const wish = await picturesWish(work, space, given, bcryptInWorker);
  if (!wish.ok) return wish;
  const [submitted] = await work.submitMany(homeOf(work, space, given.member), [wish.value]);
  return submitted?.ok === false ? submitted : done(undefined);
}

/** The command that gives a member the pictures. */
export async function picturesWish(
  work: Bench,
  space: SpaceId,
  { member, pictures }: GivenPictures,
  bcrypt: Bcrypt
): Promise<Result<Wish>> {
  const password = pictureSecret(pictures);
  const home = work.view.directory.public(member)?.home;
  const display = work.stateOf(space).members.members.get(member)?.display;
  if (password === undefined) return refused(refuse('malformed'));
  if (!home || !display) return refused(refuse('unknown-member'));
  const packed = await packKey(
    await makeKey(),
    member,
    { password, by: 'pictures', scope: 'classroom' },
    bcrypt
  );
  const replaced = keyInUse(work.view.directory.public(member), 'classroom');
  const args = {
    account: member,
    key: packed.key,
    reason: 'forgotten',
    ...(replaced ? { replaces: replaced.id } : {})
  } as const;
  // Elsewhere they open nothing (KE2), and nothing of them is kept.
  const here = work.device.kind === 'classroom' ? await keyOf(work.app.db, member, 'password') : undefined;
  const username = work.view.directory.private(member)?.username ?? here?.username;
  const nameKeys = here?.nameKeys ?? (username ? [nameKey(username)] : []);
  const row = here && username && heldHere({ account: member, username, display, home, nameKeys }, packed);
  const brought = { text: packed.text, ...(row ? { row } : {}) };
  return done({ name: 'key.set', args, brought });
}

/** KE12: takes them away: the password alone opens from then on. */
export async function removePictures(work: Bench, space: SpaceId, member: AccountId): Promise<Result<void>> {
  const key = keyInUse(work.view.directory.public(member), 'classroom');
  if (!key) return done(undefined);
  const where = homeOf(work, space, member);
  const submitted = await work.submit(where, 'key.remove', { account: member, keyId: key.id });
  if (!submitted.ok) return submitted;
  await dropKey(work.app.db, key.id);
  return done(undefined);
}
