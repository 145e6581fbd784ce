import { makeKey } from '#lib/crypto/signing.ts';
import type { AccountId, SpaceId } from '#lib/domain/ids.ts';
import { pupilPasswordProblems } from '#lib/domain/passwords.ts';
import { nameKey } from '#lib/domain/usernames.ts';
import { heldHere } from '../held-here.ts';
import { packKey } from '../credential.ts';
import { done, refused, type Result } from '../result.ts';
import type { Work } from '../work.svelte.ts';

/** A pupil as the form has it. */
export interface NewPupil {
  readonly given: string;
  readonly family: string;
  readonly display: string;
  readonly username: string;
  readonly password: string;
  readonly role: 'pupil' | 'pupil-admin';
  readonly school?: string;
}

/** ME1 (G1–G6): makes the pupil's account, key and membership on this tablet; they can sign in here at once. */
export async function addPupil(
  work: Work,
  space: SpaceId,
  pupil: NewPupil
): Promise<Result<{ readonly account: AccountId; readonly username: string }>> {
  const [problem] = pupilPasswordProblems(pupil.password);
  if (problem) return refused(problem);
  const id = crypto.randomUUID() as AccountId;
  const fresh = await makeKey();
  const packed = await packKey(fresh, id, { password: pupil.password });
  const { given, family, display, username, role, school = '' } = pupil;
  const account = { id, username, given, family, school, display, key: packed.key };
  const person = { account: id, username, display, home: space, nameKeys: [nameKey(username)] };
  const submitted = await work.submit(
    space,
    'pupil.add',
    { account, role },
    {
      text: packed.text,
      row: heldHere(work.today, person, packed)
    }
  );
  return submitted.ok ? done({ account: id, username }) : submitted;
}
