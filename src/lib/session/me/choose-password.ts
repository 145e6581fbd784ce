import { makeRecoveryCode } from '#lib/crypto/recovery-code.ts';
import { importPrivateKey, makeKey } from '#lib/crypto/signing.ts';
import { adultPasswordProblems, pupilPasswordProblems } from '#lib/domain/passwords.ts';
import { nameKey } from '#lib/domain/usernames.ts';
import { keyOf } from '#lib/store/credentials.ts';
import { packKey } from '../keys/credential.ts';
import { heldHere } from '../keys/held-here.ts';
import { passwordWay } from './my-account.ts';
import type { OwnBench } from './own-bench.ts';
import { done, failed, problemOf, refused, type Result } from '../device/result.ts';
import { isPasswordOf } from '../door/sign-in.ts';

/** A password that somebody chooses for themselves. */
export interface OwnPassword {
  /** The one in use. */
  readonly old: string;
  readonly next: string;
  /** Somebody else knows the old one: nothing that was signed with it counts any more (KE5). */
  readonly someoneKnows: boolean;
}

/** What the person must keep now: for adults the code for a forgotten password. */
export interface Chosen {
  readonly recoveryCode?: string;
}

/**
 * MY2–MY5, MY7: gives one's own account another password. It is checked on this device, opens here at once, and the
 * session goes on with the new key; all of it without a network.
 */
export async function choosePassword(
  work: OwnBench,
  { old, next, someoneKnows }: OwnPassword
): Promise<Result<Chosen>> {
  const { app, session } = work;
  const way = passwordWay(work);
  if (way.is === 'closed') return refused(way.refusal);
  const adult = way.rules === 'adult';
  const [problem] = adult ? adultPasswordProblems(next) : pupilPasswordProblems(next);
  if (problem) return refused(problem);
  try {
    if (!(await isPasswordOf(app, session, old))) return failed('sign-in-wrong');
  } catch (error) {
    return problemOf(error);
  }

  const { account, home } = session;
  const { username, display } = work.me;
  const fresh = await makeKey();
  const recoveryCode = adult ? makeRecoveryCode() : undefined;
  const secrets = { password: next, ...(recoveryCode ? { recovery: recoveryCode } : {}) };
  const packed = await packKey(fresh, account, secrets);
  const before = await keyOf(app.db, account, 'password');
  const nameKeys = [...new Set([nameKey(username), ...(before?.nameKeys ?? [])])];
  const row = heldHere({ account, username, display, home, nameKeys }, packed);
  const args = {
    account,
    key: packed.key,
    reason: someoneKnows ? 'someone-knows' : 'own',
    replaces: session.key
  } as const;
  const submitted = await work.submit(way.space, 'key.set', args, { text: packed.text, row });
  if (!submitted.ok) return submitted;
  await app.goOnWith(fresh.id, await importPrivateKey(fresh.privateKey));
  return done(recoveryCode ? { recoveryCode } : {});
}
