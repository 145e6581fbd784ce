import { randomText, sha256 } from '#lib/crypto/encoding.ts';
import type { AccountId, SecretHash } from '#lib/domain/ids.ts';
import { plusDays } from '#lib/domain/dates.ts';
import type { Verdict } from '#lib/protocol/verdict.ts';
import { freshKeyFor, type Founded, type Newcomer, type Person, type Tablet } from './relay-tablet.ts';

type Home = Pick<Founded, 'space' | 'admin' | 'tablet'>;

/** An administrator makes a pupil of their home an adult. */
export async function raise(
  { space, admin, tablet }: Home,
  pupil: Pick<Newcomer, 'account' | 'username'>,
  role: 'teacher' | 'teacher-admin' = 'teacher'
): Promise<void> {
  const args = { member: pupil.account, role, typed: pupil.username };
  const verdict = await tablet.do(admin, 'member.role', args, { space });
  if (verdict.is !== 'accepted') throw new Error(JSON.stringify(verdict));
}

/** AC10: the secret of the link that an administrator makes, and what the relay says to it. */
export async function ownLink(
  { space, admin, tablet }: Home,
  account: AccountId
): Promise<{ readonly secret: string; readonly verdict: Verdict }> {
  const secret = randomText(32);
  const secretHash = (await sha256(secret)) as SecretHash;
  const args = { account, secretHash, expires: plusDays(tablet.today, 7) };
  return { secret, verdict: await tablet.do(admin, 'password.link', args, { space }) };
}

/** AC7: somebody uses such a link on this tablet; who they are then, and what the relay says to it. */
export async function useOwnLink(
  tablet: Tablet,
  space: Founded['space'],
  { account, username }: Pick<Person, 'account' | 'username'>,
  secret: string,
  password = 'nobody else knows this'
): Promise<{ readonly person: Person; readonly verdict: Verdict }> {
  const { fresh, signing, key, credential } = await freshKeyFor(account, password);
  const person = { account, username, password, fresh, signing };
  const signed = await tablet.sign(person, 'key.recover', { account, key }, { space }, credential);
  const { body } = await tablet.use(secret, signed);
  return { person, verdict: body.verdict };
}
