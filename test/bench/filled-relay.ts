import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { randomText, sha256 } from '#lib/crypto/encoding.ts';
import { importPrivateKey, makeKey } from '#lib/crypto/signing.ts';
import type { Change } from '#lib/domain/change.ts';
import type { CommandName } from '#lib/domain/commands/command.ts';
import { plusDays } from '#lib/domain/dates.ts';
import type {
  AccountId,
  ChangeId,
  DeviceId,
  InvitationId,
  KeyId,
  SecretHash,
  SessionId,
  SpaceId
} from '#lib/domain/ids.ts';
import { limits } from '#lib/protocol/limits.ts';
import { signCommand } from '#lib/protocol/change.ts';
import type { SignedChange } from '#lib/protocol/signed-change.ts';
import { machineClock } from '#relay/clock.ts';
import { makePerson, type DemoPerson } from '#relay/ops/demo/person.ts';
import { startRelay, type Relay } from '#relay/relay.ts';

/** Where the built app lies. */
export const build = fileURLToPath(new URL('../../build', import.meta.url));

/** The administrator's password: the browser signs in with it. */
export const password = 'bench bench bench';

/** A clock on which a second passes between any two questions: the caps on one device's rate do not bind. */
export function hurried(): typeof machineClock {
  let now = 0;
  return { ...machineClock, today: () => machineClock.today(), now: () => (now += 1_000) };
}

/** A relay in which nothing is yet. */
export type FillableRelay = Pick<Relay, 'address' | 'stop'> & {
  readonly setUpLink: { readonly path: string } | undefined;
};

/** An adult beside the administrator. */
export interface Colleague {
  readonly person: DemoPerson;
  readonly device: DeviceId;
  readonly cookie: string;
}

/** A relay on SQLite with one TwinSpace, filled through its own gate with signed changes. */
export class FilledRelay {
  readonly relay: FillableRelay;
  readonly space: SpaceId;
  readonly admin: DemoPerson;
  readonly device = crypto.randomUUID() as string as DeviceId;
  #cookie = '';
  #count = 1;
  /** The pupils that were added, with their opened keys. */
  readonly #pupils: { readonly account: AccountId; readonly key: KeyId; readonly signing: CryptoKey }[] = [];
  readonly #folder: string;

  private constructor(relay: FillableRelay, space: SpaceId, admin: DemoPerson, folder: string) {
    this.relay = relay;
    this.space = space;
    this.admin = admin;
    this.#folder = folder;
  }

  static async start(members: number): Promise<FilledRelay> {
    const folder = await mkdtemp(join(tmpdir(), 'twinspace-bench-'));
    const silent = {
      info: () => undefined,
      warn: () => undefined,
      error: console.error,
      fatal: console.error
    };
    const relay = await startRelay({
      host: '127.0.0.1',
      port: 0,
      dataDir: folder,
      build,
      log: silent,
      clock: hurried()
    });
    return FilledRelay.fill(relay, members, folder);
  }

  /** Founds a TwinSpace on a fresh relay, wherever it runs, and adds so many members. */
  static async fill(relay: FillableRelay, members: number, folder: string): Promise<FilledRelay> {
    const space = crypto.randomUUID() as string as SpaceId;
    const admin = await makePerson({ given: 'Marta', family: 'Bench', password, role: 'teacher-admin' }, '');
    const filled = new FilledRelay(relay, space, admin, folder);
    await filled.#found();
    const batch = limits.changesPerRequest;
    while (filled.#count < members) {
      const size = Math.min(batch, members - filled.#count);
      await filled.send(await filled.pupils(size));
    }
    return filled;
  }

  get cookie(): string {
    return this.#cookie;
  }

  /** So many signed changes, each of which adds a pupil; the administrator's, unless it is somebody else who adds them. */
  async pupils(
    count: number,
    by: Pick<Colleague, 'person' | 'device'> = { person: this.admin, device: this.device }
  ): Promise<readonly SignedChange[]> {
    return Promise.all(Array.from({ length: count }, () => this.#pupil(this.#count++, by)));
  }

  /** Sends changes; all must be accepted. */
  async send(changes: readonly SignedChange[]): Promise<void> {
    const { verdicts } = (await this.#post('/api/changes', { changes })) as { verdicts: { is: string }[] };
    const no = verdicts.find(({ is }) => is !== 'accepted');
    if (no) throw new Error(JSON.stringify(no));
  }

  /**
   * What so many pupils have written while there was no network, so many times each, in turns: signed on this device.
   *
   * @param text what the change at this place says
   */
  async lessons(
    pupils: number,
    times: number,
    text = (at: number): string => `Soy yo, y ya van ${at}`
  ): Promise<readonly SignedChange[]> {
    const changes: SignedChange[] = [];
    for (let time = 0; time < times; time++) {
      for (const { account, key, signing } of this.#pupils.slice(0, pupils)) {
        const args = { member: account, text: text(changes.length) };
        const change = { ...this.#envelope(), name: 'member.profile', args, actor: account, key } as const;
        changes.push(await signCommand<'member.profile'>(change, signing));
      }
    }
    return changes;
  }

  /** A signed command of the administrator's. */
  sign<Name extends CommandName>(
    { name, args }: Pick<Change<Name>, 'name' | 'args'>,
    credential?: string
  ): Promise<SignedChange> {
    const who = { actor: this.admin.account.id, key: this.admin.key };
    return signCommand<Name>({ ...this.#envelope(), ...who, name, args }, this.admin.signing, credential);
  }

  /** Another browser profile, with an id and a cookie of its own. */
  another(): {
    readonly device: DeviceId;
    readonly post: (path: string, body: unknown) => Promise<unknown>;
    readonly get: (path: string) => Promise<string>;
    readonly cookie: () => string;
  } {
    let cookie = '';
    const { address } = this.relay;
    const headers = (): Record<string, string> => ({ 'Content-Type': 'application/json', Cookie: cookie });
    return {
      device: crypto.randomUUID() as string as DeviceId,
      post: async (path, body) => {
        const response = await fetch(`${address}${path}`, {
          method: 'POST',
          headers: headers(),
          body: JSON.stringify(body)
        });
        [cookie = ''] = (response.headers.get('set-cookie') ?? cookie).split(';');
        return response.json();
      },
      get: async (path) => (await fetch(`${address}${path}`, { headers: headers() })).text(),
      cookie: () => cookie
    };
  }

  /** A colleague who accepted an invitation, on a device of their own. */
  async colleague(): Promise<Colleague> {
    const invitation = crypto.randomUUID() as string as InvitationId;
    const secret = randomText(32);
    const secretHash = (await sha256(secret)) as SecretHash;
    const args = {
      invitation,
      role: 'teacher-admin',
      label: '',
      secretHash,
      expires: plusDays(machineClock.today(), 7)
    } as const;
    await this.send([await this.sign({ name: 'invitation.create', args })]);
    const person = await makePerson({ given: 'Luca', family: 'Bench', password, role: 'teacher-admin' }, '');
    const { device, post, cookie } = this.another();
    const own = { actor: person.account.id, key: person.key, name: 'invitation.accept' } as const;
    const accept = { ...this.#envelope(), ...own, device, args: { invitation, account: person.account } };
    const change = await signCommand<'invitation.accept'>(accept, person.signing, person.credential);
    await post('/api/links/use', { secret, change });
    return { person, device, cookie: cookie() };
  }

  async stop(): Promise<void> {
    await this.relay.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #found(): Promise<void> {
    const secret = this.relay.setUpLink?.path.split('#')[1] ?? '';
    const args = { name: 'Bench', account: this.admin.account };
    const change = await this.sign({ name: 'space.found', args }, this.admin.credential);
    await this.#post('/api/links/use', { secret, change });
  }

  async #pupil(
    index: number,
    { person, device }: Pick<Colleague, 'person' | 'device'>
  ): Promise<SignedChange> {
    const fresh = await makeKey();
    const id = crypto.randomUUID() as string as AccountId;
    // The relay never opens a seal: any bytes of the right form do.
    const seal = {
      for: 'password',
      salt: '.'.repeat(22),
      cost: 10,
      iv: 'A'.repeat(16),
      sealed: 'A'.repeat(206)
    };
    const seals = [{ ...seal, proveHash: 'A'.repeat(43) }];
    const credential = JSON.stringify({ v: 1, account: id, key: fresh.id, scope: 'full', seals });
    const key = { id: fresh.id, publicKey: fresh.publicKey, scope: 'full' } as const;
    const letters = [...String(index)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
    const [given, family] = [`Ana${letters}`, 'Prueba'];
    const username = `${given.toLowerCase()}.prueba.1`;
    const account = {
      id,
      given,
      family,
      username,
      school: '',
      display: `${given} ${family}`,
      key: { ...key, credential: await sha256(credential) }
    };
    this.#pupils.push({ account: id, key: fresh.id, signing: await importPrivateKey(fresh.privateKey) });
    const own = { actor: person.account.id, key: person.key, device, name: 'pupil.add' } as const;
    const change = { ...this.#envelope(), ...own, args: { account, role: 'pupil' } } as const;
    return signCommand<'pupil.add'>(change, person.signing, credential);
  }

  #envelope(): Pick<Change, 'id' | 'space' | 'device' | 'session' | 'after' | 'at'> {
    return {
      id: crypto.randomUUID() as string as ChangeId,
      space: this.space,
      device: this.device,
      session: crypto.randomUUID() as string as SessionId,
      after: [],
      at: machineClock.today()
    };
  }

  async #post(path: string, body: unknown): Promise<unknown> {
    const response = await fetch(`${this.relay.address}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Cookie: this.#cookie },
      body: JSON.stringify(body)
    });
    const [cookie] = (response.headers.get('set-cookie') ?? '').split(';');
    if (cookie) this.#cookie = cookie;
    return response.json();
  }
}
