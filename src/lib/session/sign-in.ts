import { fromBase64Url } from '#lib/crypto/encoding.ts';
import { deriveSecrets, openKey, type Secrets } from '#lib/crypto/sealed-key.ts';
import { importPrivateKey, sign, verify } from '#lib/crypto/signing.ts';
import type { AccountId } from '#lib/domain/ids.ts';
import type { SealUse } from '#lib/protocol/credential.ts';
import { candidates, held } from '#lib/store/credentials.ts';
import type { CredentialRow, SessionRow } from '#lib/store/database.ts';
import { RelayError } from '#lib/sync/relay-client.ts';
import type { App } from './app.svelte.ts';
import { bcryptInWorker } from './bcrypt.ts';
import { enrolling } from './enrolling.ts';
import { done, failed, type Result } from './result.ts';

/** Somebody is in, or several accounts answer to the name and one must be chosen (UN5). */
export type SignedIn =
  | { readonly is: 'in'; readonly session: Omit<SessionRow, 'id'> }
  | {
      readonly is: 'choose';
      readonly candidates: readonly { readonly account: AccountId; readonly display: string }[];
    };

/** SE2, SE3: signing in is unsealing: with what this device holds, else with what the relay holds. */
export async function signIn(
  app: App,
  username: string,
  password: string,
  pick?: AccountId
): Promise<Result<SignedIn>> {
  const found = await candidates(app.db, username);
  const meant = pick ? found.filter((row) => row.account === pick) : found;
  if (meant.length > 1) {
    return done({ is: 'choose', candidates: meant.map(({ account, display }) => ({ account, display })) });
  }
  const [here] = meant;
  const leased = here && (here.broughtBy !== undefined || app.today() <= here.lease);
  // A device whose cookie was lost enrols again by signing in with the relay.
  if (here && leased && !(app.contact.unknown && app.online)) {
    const session = await open(here, await derive(password, here));
    if (session) return done({ is: 'in', session });
  }
  try {
    return done({ is: 'in', session: await signInOnline(app, username, password, 'password') });
  } catch (error) {
    if (!(error instanceof RelayError) || error.code !== 'offline') throw error;
    if (!here) return failed('unknown-here');
    return failed(leased ? 'sign-in-wrong' : 'lease-over');
  }
}

/**
 * MY2: whether this is the account's password, asked of what this device holds, else of the relay. Throws a RelayError
 * where neither can say.
 */
export async function isPasswordOf(
  app: App,
  { account, username }: Pick<SessionRow, 'account' | 'username'>,
  password: string
): Promise<boolean> {
  const here = await app.db.credentials.get(account);
  if (here) return (await open(here, await derive(password, here))) !== undefined;
  try {
    return (await signInOnline(app, username, password, 'password')).account === account;
  } catch (error) {
    if (error instanceof RelayError && error.code === 'sign-in-wrong') return false;
    throw error;
  }
}

/** Signs in with the relay; stores the sealed key and the report. Throws a RelayError. */
export async function signInOnline(
  app: App,
  username: string,
  password: string,
  use: SealUse
): Promise<Omit<SessionRow, 'id'>> {
  const { salt, cost } = await app.relay.start(username, use);
  const secrets = await derive(password, { salt, cost });
  const { credential, report } = await enrolling(app, () =>
    app.relay.signIn(username, use, secrets.prove, app.deviceRow.id)
  );
  const session = await open(credential, secrets);
  if (!session) throw new RelayError('unreadable');
  if (use === 'password') {
    const before = await app.db.credentials.get(credential.account);
    await app.db.credentials.put(held(credential, before, report.today));
  }
  await app.contact.apply(report);
  return session;
}

function derive(password: string, { salt, cost }: Pick<CredentialRow, 'salt' | 'cost'>): Promise<Secrets> {
  return deriveSecrets(password, salt, cost, bcryptInWorker);
}

/** The session that the password opens; undefined when it was another password. */
async function open(
  row: Omit<CredentialRow, 'nameKeys' | 'lease' | 'salt' | 'cost'>,
  secrets: Secrets
): Promise<Omit<SessionRow, 'id'> | undefined> {
  const { account, username, display, home, key, scope, publicKey } = row;
  const privateKey = await openKey(row, secrets, { account, key, scope });
  if (!privateKey) return undefined;
  const signing = await importPrivateKey(privateKey);
  // The opened half must be the one whose public half stands in the roster.
  const probe = fromBase64Url(key);
  if (!(await verify(publicKey, await sign(signing, probe), probe))) return undefined;
  return { account, username, display, home, key, scope, signing };
}
