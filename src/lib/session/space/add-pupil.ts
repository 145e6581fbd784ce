import type { Bcrypt } from '#lib/crypto/sealed-key.ts';
import { makeKey, type FreshKey } from '#lib/crypto/signing.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId, GroupId, SpaceId } from '#lib/domain/ids.ts';
import { pupilPasswordProblems } from '#lib/domain/passwords.ts';
import { pictureSecret, type PictureName } from '#lib/domain/pictures.ts';
import { nameKey } from '#lib/domain/usernames.ts';
import { bcryptInWorker } from '../keys/bcrypt.ts';
import { heldHere } from '../keys/held-here.ts';
import { packKey } from '../keys/credential.ts';
import { done, refused, type Result } from '../device/result.ts';
import type { Wish } from '../work/wish.ts';
import type { Bench } from '../work/bench.ts';

/** A pupil as the form has it. */
export interface NewPupil {
  readonly given: string;
  readonly family: string;
  readonly display: string;
  readonly username: string;
  readonly password: string;
  readonly role: 'pupil' | 'pupil-admin';
  readonly school?: string;
  /** GR2: stands in them from the first moment. */
  readonly groups?: readonly GroupId[];
  /** KE11: they open on classroom tablets, beside the password. */
  readonly pictures?: readonly PictureName[];
}

/** ME1 (G1–G6): makes the pupil's account, key and membership on this tablet; they can sign in here at once. */
export async function addPupil(
  work: Bench,
  space: SpaceId,
  pupil: NewPupil
): Promise<Result<{ readonly account: AccountId; readonly username: string }>> {
  const [problem] = pupilPasswordProblems(pupil.password);
  if (problem) return refused(problem);
  const { account, wish } = await pupilWish(work.today, space, pupil, await makeKey(), bcryptInWorker);
  const [submitted] = await work.submitMany(space, [wish]);
  if (!submitted?.ok) return submitted ?? refused({ refused: 'malformed' });
  return done({ account, username: pupil.username });
}

/** The command that adds a pupil with this key, sealed under the pupil's password, and the account that it makes. */
export async function pupilWish(
  today: CalendarDate,
  space: SpaceId,
  pupil: NewPupil,
  fresh: FreshKey,
  bcrypt: Bcrypt
): Promise<{ readonly account: AccountId; readonly wish: Wish }> {
  const id = crypto.randomUUID() as AccountId;
  const packed = await packKey(fresh, id, { password: pupil.password }, bcrypt);
  const { given, family, display, username, role, school = '', groups } = pupil;
  const account = { id, username, given, family, school, display, key: packed.key };
  const person = { account: id, username, display, home: space, nameKeys: [nameKey(username)] };
  const brought = { text: packed.text, row: heldHere(person, packed) };
  return {
    account: id,
    wish: { name: 'pupil.add', args: { account, role, ...(groups ? { groups } : {}) }, brought }
  };
}

/** KE11: the command that gives the pupil pictures, to follow the one that adds them. */
export async function newPicturesWish(
  work: Pick<Bench, 'device'>,
  space: SpaceId,
  account: AccountId,
  { pictures = [], username, display }: NewPupil,
  bcrypt: Bcrypt
): Promise<Wish | undefined> {
  const password = pictureSecret(pictures);
  if (password === undefined) return undefined;
  const packed = await packKey(
    await makeKey(),
    account,
    { password, by: 'pictures', scope: 'classroom' },
    bcrypt
  );
  const person = { account, username, display, home: space, nameKeys: [nameKey(username)] };
  // Elsewhere they open nothing (KE2), and nothing of them is kept.
  const row = work.device.kind === 'classroom' ? { row: heldHere(person, packed) } : {};
  const args = { account, key: packed.key, reason: 'forgotten' } as const;
  return { name: 'key.set', args, brought: { text: packed.text, ...row } };
}
