import { makeKey } from '#lib/crypto/signing.ts';
import type { AccountId, SpaceId } from '#lib/domain/ids.ts';
import { pupilPasswordProblems } from '#lib/domain/passwords.ts';
import { refuse } from '#lib/domain/refusals.ts';
import { nameKey } from '#lib/domain/usernames.ts';
import { packKey } from '../credential.ts';
import { heldHere } from '../held-here.ts';
import { done, refused, type Result } from '../result.ts';
import type { Work } from '../work.svelte.ts';

/** KE6 (G18): gives a pupil a new password, with the reason; it opens the account on this tablet at once. */
export async function setPassword(
  work: Work,
  space: SpaceId,
  member: AccountId,
  password: string,
  reason: 'forgotten' | 'someone-knows'
): Promise<Result<void>> {
  const [problem] = pupilPasswordProblems(password);
  if (problem) return refused(problem);
  const known = work.view.directory.private(member);
  const home = work.view.directory.public(member)?.home;
  const display = work.stateOf(space).members.members.get(member)?.display;
  if (!known || !home || !display) return refused(refuse('unknown-member'));
  const fresh = await makeKey();
  const packed = await packKey(fresh, member, { password });
  const before = await work.app.db.credentials.get(member);
  const nameKeys = [...new Set([nameKey(known.username), ...(before?.nameKeys ?? [])])];
  const person = { account: member, username: known.username, display, home, nameKeys };
  const args = { account: member, key: packed.key, reason };
  const row = heldHere(work.today, person, packed);
  const submitted = await work.submit(space, 'key.set', args, { text: packed.text, row });
  return submitted.ok ? done(undefined) : submitted;
}
