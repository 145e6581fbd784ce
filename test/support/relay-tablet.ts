import { onTestFinished } from 'vitest';
import { freshSalt } from '#lib/crypto/bcrypt-salt.ts';
import { randomText, sha256 } from '#lib/crypto/encoding.ts';
import { deriveSecrets, sealKey, type Bcrypt } from '#lib/crypto/sealed-key.ts';
import { importPrivateKey, makeKey, type FreshKey } from '#lib/crypto/signing.ts';
import type { NewAccount, NewKey } from '#lib/domain/account.ts';
import type { Change, Edit, Envelope } from '#lib/domain/change.ts';
import type { CommandArgs, CommandName } from '#lib/domain/commands/command.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type {
  AccountId,
  ChangeId,
  DeviceId,
  InvitationId,
  PageId,
  SecretHash,
  SessionId,
  SpaceId
} from '#lib/domain/ids.ts';
import { signCommand, signEdit } from '#lib/protocol/change.ts';
import type { SealUse } from '#lib/protocol/credential.ts';
import type { SignedChange } from '#lib/protocol/signed-change.ts';
import type { DeviceReport, UseAnswer } from '#lib/protocol/messages.ts';
import type { Verdict } from '#lib/protocol/verdict.ts';
import { RelayFollower } from './relay-follower.ts';

/** As bcrypt, but at once: what the relay sees of a password does not depend on it. */
const quickBcrypt: Bcrypt = async (password, salt) => {
  const digest = await sha256(`${salt} ${password}`);
  return `${salt}${digest.slice(0, 31)}`;
};

/** Somebody with an account and an opened key. */
export interface Person {
  readonly account: AccountId;
  readonly username: string;
  readonly password: string;
  readonly fresh: FreshKey;
  readonly signing: CryptoKey;
}

/** A person with what a command needs to make the account. */
export interface Newcomer extends Person {
  readonly newAccount: NewAccount;
  readonly credential: string;
}

export interface Answer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** Makes ids of any kind. */
export function freshId<Id extends string>(): Id {
  return crypto.randomUUID() as string as Id;
}

/** A key with its sealed half under a password, and under a recovery code if there is one; or under pictures. */
export async function freshKeyFor(
  account: AccountId,
  password: string,
  recovery?: string,
  how: { readonly scope?: NewKey['scope']; readonly by?: SealUse } = {}
): Promise<{ fresh: FreshKey; signing: CryptoKey; key: NewKey; credential: string }> {
  const fresh = await makeKey();
  const { scope = 'full', by = 'password' } = how;
  const bound = { account, key: fresh.id, scope } as const;
  const seals = [];
  for (const [use, text] of [[by, password] as const, ['recovery', recovery] as const]) {
    if (text === undefined) continue;
    const salt = freshSalt();
    const secrets = await deriveSecrets(text, salt, 10, quickBcrypt);
    const sealed = await sealKey(fresh.privateKey, secrets, bound);
    seals.push({ for: use, salt, cost: 10, ...sealed, proveHash: await sha256(secrets.prove) });
  }
  const credential = JSON.stringify({ v: 1, ...bound, seals });
  const key = {
    id: fresh.id,
    publicKey: fresh.publicKey,
    scope,
    credential: await sha256(credential)
  } as const;
  return { fresh, signing: await importPrivateKey(fresh.privateKey), key, credential };
}

/** Somebody with a key and no account yet. */
export async function newcomer(
  given: string,
  family: string,
  options: { password?: string; recovery?: string; username?: string } = {}
): Promise<Newcomer> {
  const account = freshId<AccountId>();
  const { password = 'correct horse battery', recovery } = options;
  const { fresh, signing, key, credential } = await freshKeyFor(account, password, recovery);
  const username = options.username ?? `${given}.${family}.1`.toLowerCase();
  const display = `${given} ${family}`;
  const newAccount: NewAccount = { id: account, username, given, family, school: '', display, key };
  return { account, username, password, fresh, signing, newAccount, credential };
}

/** What a signed change is made of; whatever is left out is as a tablet would have it. */
export type Wish<Name extends CommandName> = Partial<Omit<Change<Name>, 'name' | 'args'>> & {
  readonly space: SpaceId;
};

/** One browser profile: its id, its cookie, its way to the relay. */
export class Tablet {
  readonly address: string;
  device = freshId<DeviceId>();
  cookie: string | undefined;
  /** The day on this tablet's clock. */
  readonly today = '2026-11-24' as CalendarDate;
  readonly #extra: Record<string, string>;

  constructor(address: string, extra: Record<string, string> = {}) {
    this.address = address;
    this.#extra = extra;
  }

  /** The same tablet, with its cookie, at another address: the relay was started again on another port. */
  at(address: string): Tablet {
    const tablet = new Tablet(address, this.#extra);
    tablet.device = this.device;
    tablet.cookie = this.cookie;
    return tablet;
  }

  async ask<Body = Record<string, unknown>>(
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
    headers: Record<string, string> = {}
  ): Promise<Answer<Body>> {
    const response = await fetch(`${this.address}${path}`, {
      method,
      headers: {
        ...(this.cookie === undefined ? {} : { Cookie: `__Host-twinspace-device=${this.cookie}` }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...this.#extra,
        ...headers
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) })
    });
    const [pair] = (response.headers.get('set-cookie') ?? '').split(';');
    const secret = pair?.startsWith('__Host-twinspace-device=') ? pair.split('=')[1] : undefined;
    if (secret !== undefined) this.cookie = secret;
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as Body
    };
  }

  sign<Name extends CommandName>(
    person: Person,
    name: Name,
    args: CommandArgs[Name],
    wish: Wish<Name>,
    credential?: string
  ): Promise<SignedChange> {
    const change = {
      ...this.#envelope(person),
      ...wish,
      name,
      args
    };
    return signCommand<Name>(change, person.signing, credential);
  }

  /** Signs what somebody wrote in a page under this clientID. */
  signEdit(
    person: Person,
    page: PageId,
    client: number,
    update: Uint8Array,
    wish: Partial<Edit> & { readonly space: SpaceId }
  ): Promise<SignedChange> {
    const edit = {
      ...this.#envelope(person),
      ...wish,
      page
    };
    return signEdit(edit, client, new Uint8Array(update), person.signing);
  }

  /** What a tablet says of itself and of who acts. */
  #envelope(person: Person): Omit<Envelope, 'space'> {
    return {
      id: freshId<ChangeId>(),
      device: this.device,
      session: freshId<SessionId>(),
      actor: person.account,
      key: person.fresh.id,
      after: [],
      at: this.today
    };
  }

  /** Sends changes; the answer's verdicts, in order. */
  async send(...changes: readonly SignedChange[]): Promise<readonly Verdict[]> {
    const { status, body } = await this.ask<{ verdicts: Verdict[] }>('POST', '/api/changes', { changes });
    if (status !== 200) throw new Error(`changes: ${status} ${JSON.stringify(body)}`);
    return body.verdicts;
  }

  /** Signs and sends one command. */
  async do<Name extends CommandName>(
    person: Person,
    name: Name,
    args: CommandArgs[Name],
    wish: Wish<Name>,
    credential?: string
  ): Promise<Verdict> {
    const [verdict] = await this.send(await this.sign(person, name, args, wish, credential));
    if (!verdict) throw new Error('no verdict');
    return verdict;
  }

  use(secret: string, change: SignedChange): Promise<Answer<UseAnswer>> {
    return this.ask('POST', '/api/links/use', { secret, change });
  }

  /** Signs in online as a tablet does. */
  async signIn(
    { username, password }: Pick<Person, 'username' | 'password'>,
    use: SealUse = 'password'
  ): Promise<Answer<{ report?: DeviceReport; code?: string; seconds?: number }>> {
    const start = await this.ask<{ salt: string; cost: number }>('POST', '/api/sign-in/start', {
      username,
      for: use
    });
    if (start.status !== 200) return start as never;
    const { prove } = await deriveSecrets(password, start.body.salt, start.body.cost, quickBcrypt);
    return this.ask('POST', '/api/sign-in', { username, for: use, prove, device: this.device });
  }

  /** Without tags the sealed keys and the drafts are always told (SI10, DR4). */
  report(): Promise<
    Answer<DeviceReport & Required<Pick<DeviceReport, 'credentials' | 'accounts' | 'drafts'>>>
  > {
    return this.ask('GET', '/api/device');
  }

  /** Follows a room; the socket is closed when the test has ended. */
  follow(room: string): RelayFollower {
    const follower = new RelayFollower(this.address, room, this.cookie);
    onTestFinished(() => follower.close());
    return follower;
  }
}

/** A founded TwinSpace with its first administrator on a personal tablet. */
export interface Founded {
  readonly space: SpaceId;
  readonly admin: Newcomer;
  readonly tablet: Tablet;
  readonly signed: SignedChange;
}

/** Founds a TwinSpace with the secret of a link. */
export async function found(
  address: string,
  secret: string,
  options: { admin?: Newcomer; name?: string } = {}
): Promise<Founded> {
  const admin = options.admin ?? (await newcomer('Marta', 'Rios', { recovery: 'RECOV-ERYCO-DE000' }));
  const tablet = new Tablet(address);
  const space = freshId<SpaceId>();
  const args = { name: options.name ?? 'Ríos de Europa', account: admin.newAccount };
  const signed = await tablet.sign(admin, 'space.found', args, { space }, admin.credential);
  const { status, body } = await tablet.use(secret, signed);
  if (body.verdict?.is !== 'accepted') throw new Error(`found: ${status} ${JSON.stringify(body)}`);
  return { space, admin, tablet, signed };
}

/** Adds a pupil from the tablet, and gives who it is. */
export async function addPupil(
  { tablet, admin, space }: Pick<Founded, 'tablet' | 'admin' | 'space'>,
  given: string,
  family: string,
  role: 'pupil' | 'pupil-admin' = 'pupil'
): Promise<{ pupil: Newcomer; verdict: Verdict; signed: SignedChange }> {
  const pupil = await newcomer(given, family, { password: 'trucha7rana2' });
  const args = { account: pupil.newAccount, role };
  const signed = await tablet.sign(admin, 'pupil.add', args, { space }, pupil.credential);
  const [verdict] = await tablet.send(signed);
  if (!verdict) throw new Error('no verdict');
  return { pupil, verdict, signed };
}

/** Invites an adult from the first tablet, who accepts on another one. */
export async function invite(
  founded: Founded,
  role: 'teacher' | 'teacher-admin' = 'teacher',
  who: { given: string; family: string } = { given: 'Luca', family: 'Bianchi' }
): Promise<{ person: Newcomer; tablet: Tablet; secret: string; invitation: InvitationId }> {
  const secret = randomText(32);
  const invitation = freshId<InvitationId>();
  const { space } = founded;
  const made = await founded.tablet.do(
    founded.admin,
    'invitation.create',
    {
      invitation,
      role,
      label: '',
      secretHash: (await sha256(secret)) as SecretHash,
      expires: '2026-12-20' as CalendarDate
    },
    { space }
  );
  if (made.is !== 'accepted') throw new Error(JSON.stringify(made));
  const person = await newcomer(who.given, who.family);
  const tablet = new Tablet(founded.tablet.address);
  const args = { invitation, account: person.newAccount };
  const signed = await tablet.sign(person, 'invitation.accept', args, { space }, person.credential);
  const { body } = await tablet.use(secret, signed);
  if (body.verdict?.is !== 'accepted') throw new Error(JSON.stringify(body));
  return { person, tablet, secret, invitation };
}
