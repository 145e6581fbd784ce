import { makeRecoveryCode, readRecoveryCode } from '#lib/crypto/recovery-code.ts';
import { importPrivateKey, makeKey, type FreshKey } from '#lib/crypto/signing.ts';
import type { AccountId, ChangeId, SessionId, SpaceId } from '#lib/domain/ids.ts';
import { nameKey } from '#lib/domain/usernames.ts';
import { signCommand } from '#lib/protocol/change.ts';
import type { LookAnswer } from '#lib/protocol/messages.ts';
import type { Verdict } from '#lib/protocol/verdict.ts';
import type { Tab } from '../device/tab.ts';
import { packKey, type PackedKey } from '../keys/credential.ts';
import { beginWithNewKey } from './begin-with-new-key.ts';
import { enrolling } from './enrolling.ts';
import { done, failed, refused, type Result } from '../device/result.ts';
import { signInOnline } from './sign-in.ts';

type Recovered = Result<{ readonly recoveryCode: string }>;

/** KE8: a new key for an adult who shows a link from the technician. Throws a RelayError. */
export async function recoverByLink(
  app: Tab,
  secret: string,
  look: Extract<LookAnswer, { is: 'recovery' }>,
  password: string
): Promise<Recovered> {
  const { account, space } = look;
  const next = await prepare(account, password);
  const signing = await importPrivateKey(next.fresh.privateKey);
  const { verdict, report } = await enrolling(app, async () => {
    const envelope = { ...common(app, account, space), key: next.fresh.id };
    const change = { ...envelope, name: 'key.recover', args: { account, key: next.packed.key } } as const;
    return app.relay.use(secret, await signCommand<'key.recover'>(change, signing, next.packed.text));
  });
  if (verdict.is !== 'accepted' || !report) return unsuccessful(verdict);
  await app.contact.apply(report);
  return begin(app, { ...look, home: space }, next, signing);
}

/** A new key for an adult who has the recovery code: it opens the old key, which signs for the new. Throws a RelayError. */
export async function recoverByCode(
  app: Tab,
  username: string,
  code: string,
  password: string
): Promise<Recovered> {
  const old = await signInOnline(app, username, readRecoveryCode(code), 'recovery');
  // KE15: what was done here with the old key counts as long as that key does.
  await app.contact.sendNow();
  const { account } = old;
  const space = old.home;
  const next = await prepare(account, password);
  const envelope = { ...common(app, account, space), key: old.key };
  const change = {
    ...envelope,
    name: 'key.set',
    args: { account, key: next.packed.key, reason: 'recovery' }
  } as const;
  const signed = await signCommand<'key.set'>(change, old.signing, next.packed.text);
  const { verdicts } = await app.relay.changes([signed]);
  const [verdict] = verdicts;
  if (verdict?.is !== 'accepted') return unsuccessful(verdict);
  return begin(app, old, next, await importPrivateKey(next.fresh.privateKey));
}

interface Next {
  readonly fresh: FreshKey;
  readonly packed: PackedKey;
  readonly recoveryCode: string;
}

async function prepare(account: AccountId, password: string): Promise<Next> {
  const fresh = await makeKey();
  const recoveryCode = makeRecoveryCode();
  return { fresh, recoveryCode, packed: await packKey(fresh, account, { password, recovery: recoveryCode }) };
}

function common(app: Tab, actor: AccountId, space: SpaceId) {
  const id = crypto.randomUUID() as ChangeId;
  const session = crypto.randomUUID() as SessionId;
  return { id, space, device: app.deviceRow.id, session, actor, after: [], at: app.today() };
}

async function begin(
  app: Tab,
  person: {
    readonly account: AccountId;
    readonly username: string;
    readonly display: string;
    readonly home: SpaceId;
  },
  { packed, recoveryCode }: Next,
  signing: CryptoKey
): Promise<Recovered> {
  const { account, username, display, home } = person;
  const known = { account, username, display, home, nameKeys: [nameKey(username)] };
  await beginWithNewKey(app, known, packed, signing);
  return done({ recoveryCode });
}

function unsuccessful(verdict: Verdict | undefined): Result<never> {
  if (verdict?.is !== 'refused') return failed('relay-failed');
  return refused({ refused: verdict.code, ...(verdict.detail ? { detail: verdict.detail } : {}) });
}
