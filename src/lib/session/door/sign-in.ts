import { fromBase64Url } from '#lib/crypto/encoding.ts';
import { deriveSecrets, openKey, type Secrets } from '#lib/crypto/sealed-key.ts';
import { importPrivateKey, sign, verify } from '#lib/crypto/signing.ts';
import type { AccountId } from '#lib/domain/ids.ts';
import { pictureSecret } from '#lib/domain/pictures.ts';
import type { SealUse } from '#lib/protocol/credential.ts';
import { candidates, held, holdKeys, keyOf } from '#lib/store/credentials.ts';
import type { CredentialRow, SessionRow } from '#lib/store/database.ts';
import { RelayError } from '#lib/sync/relay-error.ts';
import type { Tab } from '../device/tab.ts';
import type { CountingTab } from './attempts.svelte.ts';
import { bcryptInWorker } from '../keys/bcrypt.ts';
import { enrolling } from './enrolling.ts';
import { done, failed, type Result } from '../device/result.ts';

/** Somebody is in, or several accounts answer to the name and one must be chosen (UN5). */
export type SignedIn =
  | { readonly is: 'in'; readonly session: Omit<SessionRow, 'id'> }
  | {
      readonly is: 'choose';
      readonly candidates: readonly { readonly account: AccountId; readonly display: string }[];
    };

/** What one types or taps to show who one is. */
interface Shown {
  readonly secret: string;
  readonly by: CredentialRow['by'];
}

/** SE2, SE3: signing in is unsealing: with what this device holds, else with what the relay holds. */
export async function signIn(
  app: CountingTab,
  username: string,
  password: string,
  pick?: AccountId
): Promise<Result<SignedIn>> {
  const found = await candidates(app.db, username);
  const meant = pick ? found.filter((row) => row.account === pick) : found;
  const accounts = [...new Map(meant.map((row) => [row.account, row])).values()];
  if (accounts.length > 1) {
    return done({
      is: 'choose',
      candidates: accounts.map(({ account, display }) => ({ account, display }))
    });
  }
  const [one] = accounts;
  if (app.tablet?.stage === 'waiting') return failed('tablet-waiting');
  if (!one) return online(app, username, password);
  const here = await keyOf(app.db, one.account, 'password');
  const adultKey = here?.scope === 'classroom';
  const opened = await attempt(app, one.account, here, { secret: password, by: 'password' });
  if (opened.is === 'in') return done(opened);
  if (opened.is === 'held-up') return opened.answer;
  // TB9: what is typed here for an adult is never shown to the relay: it could be the full password.
  if (adultKey) return failed(opened.is === 'lease-over' ? 'lease-over' : 'classroom-password');
  const answer = await online(app, username, password, here && opened.is === 'lease-over');
  if (answer.ok) await app.attempts.succeeded(one.account);
  return answer;
}

/** KE11: signs a pupil in with four pictures; only with what this device holds. */
export async function signInWithPictures(
  app: CountingTab,
  account: AccountId,
  pictures: readonly string[]
): Promise<Result<SignedIn>> {
  const here = await keyOf(app.db, account, 'pictures');
  const secret = pictureSecret(pictures);
  if (!here || secret === undefined) return failed('unknown-here');
  const opened = await attempt(app, account, here, { secret, by: 'pictures' });
  if (opened.is === 'in') return done(opened);
  if (opened.is === 'held-up') return opened.answer;
  return failed(opened.is === 'lease-over' ? 'lease-over' : 'sign-in-wrong');
}

/** What came of trying what this device holds. */
type Tried =
  | { readonly is: 'in'; readonly session: Omit<SessionRow, 'id'> }
  | { readonly is: 'held-up'; readonly answer: Result<never> }
  | { readonly is: 'wrong' }
  | { readonly is: 'lease-over' };

/** SE8: counted before it is tried. What was changed elsewhere a moment ago is asked for, if it does not open. */
async function attempt(
  app: CountingTab,
  account: AccountId,
  here: CredentialRow | undefined,
  { secret, by }: Shown
): Promise<Tried> {
  const keys = await app.db.keys.where('account').equals(account).toArray();
  const leave = await app.attempts.begin(account, keys);
  if (leave.is === 'locked') return { is: 'held-up', answer: failed('locked-here') };
  if (leave.is === 'slowed') return { is: 'held-up', answer: failed('slow-down', leave.seconds) };
  // A personal device whose cookie was lost enrols again by signing in with the relay.
  if (!here || (app.contact.unknown && app.online && !app.classroom)) return { is: 'wrong' };
  if (!isLeased(app, here)) return { is: 'lease-over' };
  const session =
    (await open(here, await derive(secret, here))) ?? (await openNewer(app, here, { secret, by }));
  if (!session) return { is: 'wrong' };
  await app.attempts.succeeded(account);
  return { is: 'in', session };
}

/** A classroom key never opens with the relay: the newest of it comes with a report. */
async function openNewer(
  app: Tab,
  here: CredentialRow,
  { secret, by }: Shown
): Promise<Omit<SessionRow, 'id'> | undefined> {
  if (here.scope !== 'classroom' || !app.online) return undefined;
  await app.contact.refresh();
  const newer = await keyOf(app.db, here.account, by);
  return newer && newer.key !== here.key ? open(newer, await derive(secret, newer)) : undefined;
}

/** SE4: a key that the relay does not know yet has no lease from it. */
function isLeased(app: Tab, row: CredentialRow): boolean {
  const { lease } = app.deviceRow;
  return row.broughtBy !== undefined || (lease !== undefined && app.today() <= lease);
}

async function online(
  app: Tab,
  username: string,
  password: string,
  leaseOver?: boolean
): Promise<Result<SignedIn>> {
  try {
    return done({ is: 'in', session: await signInOnline(app, username, password, 'password') });
  } catch (error) {
    if (!(error instanceof RelayError) || !error.unreached) throw error;
    if (leaseOver === undefined) return failed('unknown-here');
    return failed(leaseOver ? 'lease-over' : 'sign-in-wrong');
  }
}

/**
 * MY2: whether this is the account's password, asked of what this device holds, else of the relay. Throws a RelayError
 * where neither can say.
 */
export async function isPasswordOf(
  app: Tab,
  { account, username }: Pick<SessionRow, 'account' | 'username'>,
  password: string
): Promise<boolean> {
  const here = await keyOf(app.db, account, 'password');
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
  app: Tab,
  username: string,
  password: string,
  use: SealUse
): Promise<Omit<SessionRow, 'id'>> {
  const { salt, cost } = await app.relay.start(username, use);
  const secrets = await derive(password, { salt, cost });
  const ask = () => app.relay.signIn(username, use, secrets.prove, app.deviceRow.id);
  const { credential, report } = await (app.classroom ? onTablet(app, ask) : enrolling(app, ask));
  const session = await open(credential, secrets);
  if (!session) throw new RelayError('unreadable');
  if (use === 'password') {
    const before = await app.db.keys.where('account').equals(credential.account).toArray();
    await holdKeys(app.db, [held(credential, before)]);
  }
  await app.contact.apply(report);
  return session;
}

/** A classroom tablet whose cookie was lost is offered anew by a teacher: no sign-in makes a personal device of it. */
async function onTablet<Answer>(app: Tab, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    if (!app.contact.unknown) return await ask();
  } catch (error) {
    if (!(error instanceof RelayError) || error.code !== 'device-taken') throw error;
  }
  throw new RelayError('not-enrolled');
}

function derive(password: string, { salt, cost }: Pick<CredentialRow, 'salt' | 'cost'>): Promise<Secrets> {
  return deriveSecrets(password, salt, cost, bcryptInWorker);
}

/** The session that the password opens; undefined when it was another password. */
async function open(
  row: Omit<CredentialRow, 'nameKeys' | 'salt' | 'cost'>,
  secrets: Secrets
): Promise<Omit<SessionRow, 'id'> | undefined> {
  const { account, username, display, home, key, scope, by, publicKey } = row;
  const privateKey = await openKey(row, secrets, { account, key, scope });
  if (!privateKey) return undefined;
  const signing = await importPrivateKey(privateKey);
  // The opened half must be the one whose public half stands in the roster.
  const probe = fromBase64Url(key);
  if (!(await verify(publicKey, await sign(signing, probe), probe))) return undefined;
  return { account, username, display, home, key, scope, by, signing };
}
