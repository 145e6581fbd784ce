// A client written from PROTOCOL.md alone: it imports nothing of `src/`, `sync-server/` or the other tests' support.
import { spawn } from 'node:child_process';
import { createCipheriv, createDecipheriv, createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import {
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
  randomUUID,
  sign,
  verify,
  type KeyObject
} from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encodeBase64, hash as bcryptHash } from 'bcryptjs';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import * as sync from 'y-protocols/sync';
import * as Y from 'yjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const b64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
const sha = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('base64url');

interface Secrets {
  readonly input: string;
  readonly bcrypt: string;
  readonly seal: Buffer;
  readonly prove: string;
}

async function derive(password: string, salt: string, cost: number): Promise<Secrets> {
  const input = sha(password.normalize('NFC'));
  const bcrypt = (await bcryptHash(input, `$2b$${String(cost).padStart(2, '0')}$${salt}`)).slice(-31);
  const expand = (info: string): Buffer => Buffer.from(hkdfSync('sha256', bcrypt, '', info, 32));
  return { input, bcrypt, seal: expand('twinspace seal 1'), prove: b64(expand('twinspace prove 1')) };
}

const boundTo = (account: string, key: string): Buffer =>
  Buffer.from(`twinspace sealed-key 1\n${account}\n${key}\nfull`);

interface Held {
  readonly account: string;
  readonly key: string;
  readonly iv: string;
  readonly sealed: string;
}

function open({ account, key, iv, sealed }: Held, seal: Buffer): KeyObject {
  const bytes = Buffer.from(sealed, 'base64url');
  const cipher = createDecipheriv('aes-256-gcm', seal, Buffer.from(iv, 'base64url'));
  cipher.setAAD(boundTo(account, key)).setAuthTag(bytes.subarray(-16));
  const pkcs8 = Buffer.concat([cipher.update(bytes.subarray(0, -16)), cipher.final()]);
  return createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
}

function pointOf(key: KeyObject): { publicKey: string; id: string } {
  const { x = '', y = '' } = createPublicKey(key).export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  return { publicKey: b64(point), id: sha(`{"crv":"P-256","kty":"EC","x":"${x}","y":"${y}"}`) };
}

/** Somebody new: account, key, and the credential that goes beside the change. */
async function somebody(
  given: string,
  family: string,
  password: string
): Promise<{
  account: Record<string, unknown> & { id: string };
  key: string;
  signing: KeyObject;
  credential: string;
}> {
  const id = randomUUID();
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { publicKey, id: key } = pointOf(privateKey);
  const salt = encodeBase64([...randomBytes(16)], 16);
  const { seal, prove } = await derive(password, salt, 10);
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', seal, iv).setAAD(boundTo(id, key));
  const sealed = Buffer.concat([
    cipher.update(privateKey.export({ format: 'der', type: 'pkcs8' })),
    cipher.final(),
    cipher.getAuthTag()
  ]);
  const credential = JSON.stringify({
    v: 1,
    account: id,
    key,
    scope: 'full',
    seals: [{ for: 'password', salt, cost: 10, iv: b64(iv), sealed: b64(sealed), proveHash: sha(prove) }]
  });
  const username = `${given}.${family}.1`.toLowerCase();
  const account = {
    id,
    username,
    given,
    family,
    school: '',
    display: `${given} ${family}`,
    key: { id: key, publicKey, scope: 'full', credential: sha(credential) }
  };
  return { account, key, signing: privateKey, credential };
}

interface Wish {
  readonly space: string;
  readonly device: string;
  readonly actor: string;
  readonly key: string;
  readonly name: string;
}

function change(wish: Wish, args: unknown, signing: KeyObject, credential?: string): Record<string, unknown> {
  const payload = Buffer.from(JSON.stringify(args));
  const header = JSON.stringify({
    v: 3,
    id: randomUUID(),
    kind: 'command',
    session: randomUUID(),
    at: '2026-11-24',
    ...wish,
    digest: sha(payload)
  });
  const signature = sign('sha256', Buffer.from(header), { key: signing, dsaEncoding: 'ieee-p1363' });
  return { header, payload: b64(payload), signature: b64(signature), ...(credential ? { credential } : {}) };
}

class Client {
  readonly device = randomUUID();
  readonly #address: string;
  #cookie = '';

  constructor(address: string) {
    this.#address = address;
  }

  post<Answer>(path: string, body: unknown): Promise<Answer> {
    return this.#ask(path, { method: 'POST', body: JSON.stringify(body) });
  }

  get<Answer>(path: string): Promise<Answer> {
    return this.#ask(path, { method: 'GET' });
  }

  async #ask<Answer>(path: string, how: { method: string; body?: string }): Promise<Answer> {
    const response = await fetch(this.#address + path, {
      ...how,
      headers: {
        ...(how.body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(this.#cookie ? { Cookie: this.#cookie } : {})
      }
    });
    const line = response.headers.get('set-cookie');
    if (line) this.#cookie = line.split(';')[0] ?? '';
    const answer = (await response.json()) as Answer;
    if (!response.ok) throw new Error(`${response.status} ${JSON.stringify(answer)}`);
    return answer;
  }

  /** Follows the room until the condition holds. */
  async follow(room: string, holds: (doc: Y.Doc) => boolean): Promise<Y.Doc> {
    const doc = new Y.Doc();
    const socket = new WebSocket(`${this.#address.replace('http', 'ws')}/sync/${room}`, {
      headers: { Cookie: this.#cookie }
    });
    onTestFinished(() => socket.terminate());
    socket.on('open', () => {
      const encoder = encoding.createEncoder();
      encoding.writeVarUint(encoder, 0);
      sync.writeSyncStep1(encoder, doc);
      socket.send(encoding.toUint8Array(encoder));
    });
    return new Promise((done, fail) => {
      socket.on('close', (code) => fail(new Error(`closed with ${code}`)));
      socket.on('message', (data: Buffer) => {
        const decoder = decoding.createDecoder(new Uint8Array(data));
        if (decoding.readVarUint(decoder) !== 0) return;
        sync.readSyncMessage(decoder, encoding.createEncoder(), doc, this);
        if (holds(doc)) done(doc);
      });
    });
  }
}

/** A relay in a process of its own: its address and the secret of its set-up link. */
async function relay(): Promise<{ address: string; secret: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'twinspace-'));
  const child = spawn(join(root, 'node_modules/.bin/node'), ['sync-server/main.ts'], {
    cwd: root,
    env: { ...process.env, HOST: '127.0.0.1', PORT: '0', DATA_DIR: folder },
    stdio: ['ignore', 'pipe', 'ignore']
  });
  onTestFinished(async () => {
    const gone = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    await gone;
    rmSync(folder, { recursive: true, force: true });
  });
  let out = '';
  return new Promise((done, fail) => {
    child.once('exit', (code) => fail(new Error(`the relay ended with ${code}`)));
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      const [, address, secret] = /^Set up the first TwinSpace: (.*)\/setup#(\S{43})$/m.exec(out) ?? [];
      if (address && secret) done({ address, secret });
    });
  });
}

test('[DE4, SI2, RM2] founding, a change, a sign-in elsewhere and a follow, from the protocol alone', async () => {
  const { address, secret } = await relay();
  const tablet = new Client(address);
  const space = randomUUID();
  const marta = await somebody('Marta', 'Rios', 'a long enough password');
  expect(await tablet.post('/api/links/look', { secret })).toMatchObject({ is: 'founding' });
  const as = { space, device: tablet.device, actor: marta.account.id, key: marta.key };
  const founding = change(
    { ...as, name: 'space.found' },
    { name: 'Ríos de Europa', account: marta.account },
    marta.signing,
    marta.credential
  );
  expect(await tablet.post('/api/links/use', { secret, change: founding })).toMatchObject({
    verdict: { is: 'accepted', version: 1, notes: [] },
    report: {
      device: { id: tablet.device, owner: marta.account.id },
      rooms: expect.arrayContaining([`staff/${space}@1`])
    }
  });

  const angel = await somebody('Angel', 'CanoRobles', 'trucha7rana2');
  const add = change(
    { ...as, name: 'pupil.add' },
    { account: angel.account, role: 'pupil' },
    marta.signing,
    angel.credential
  );
  const following = tablet.follow(`staff/${space}@1`, (doc) => doc.getMap('meta').get('version') === 2);
  expect(await tablet.post('/api/changes', { changes: [add] })).toMatchObject({
    verdicts: [{ is: 'accepted', version: 2 }]
  });
  expect((await following).getMap('people').get(angel.account.id)).toMatchObject({
    username: 'angel.canorobles.1'
  });

  const home = new Client(address);
  const username = 'angel.canorobles.1';
  const { salt, cost } = await home.post<{ salt: string; cost: number }>('/api/sign-in/start', {
    username,
    for: 'password'
  });
  const { seal, prove } = await derive('trucha7rana2', salt, cost);
  const { credential, report } = await home.post<{
    credential: Held & { publicKey: string };
    report: { rooms: string[] };
  }>('/api/sign-in', { username, for: 'password', prove, device: home.device });
  const opened = open(credential, seal);
  expect(pointOf(opened)).toEqual({ publicKey: credential.publicKey, id: credential.key });
  expect(report.rooms).toEqual([`members/${space}@1`]);
  const doc = await home.follow(`members/${space}@1`, (got) => got.getMap('meta').get('version') === 2);
  expect(doc.getMap('members').get(angel.account.id)).toMatchObject({
    role: 'pupil',
    display: 'Angel CanoRobles'
  });

  const access = change(
    { space, device: home.device, actor: angel.account.id, key: credential.key, name: 'access.record' },
    { on: '2026-11-24' },
    opened
  );
  expect(await home.post('/api/changes', { changes: [access, access] })).toMatchObject({
    verdicts: [
      { is: 'accepted', version: 3 },
      { is: 'accepted', version: 3 }
    ]
  });
});

test('[TB3, TB4, TB5] a classroom tablet with a short code, its yes and a child on it, from the protocol alone', async () => {
  const { address, secret } = await relay();
  const [own, tablet] = [new Client(address), new Client(address)];
  const space = randomUUID();
  const marta = await somebody('Marta', 'Rios', 'a long enough password');
  const angel = await somebody('Angel', 'CanoRobles', 'trucha7rana2');
  const as = { space, device: own.device, actor: marta.account.id, key: marta.key };
  const founding = { name: 'Ríos de Europa', account: marta.account };
  await own.post('/api/links/use', {
    secret,
    change: change({ ...as, name: 'space.found' }, founding, marta.signing, marta.credential)
  });
  const code = '7K3M-0QZ9'.replaceAll('-', '');
  const offered = { offer: randomUUID(), secretHash: sha(b64(randomBytes(32))), codeHash: sha(code) };
  const add = { account: angel.account, role: 'pupil' };
  const offer = { ...offered, count: 30, groups: 'all', teachers: [] };
  const changes = [
    change({ ...as, name: 'pupil.add' }, add, marta.signing, angel.credential),
    change({ ...as, name: 'tablet.offer' }, offer, marta.signing)
  ];
  expect(await own.post('/api/changes', { changes })).toMatchObject({
    verdicts: [{ is: 'accepted' }, { is: 'accepted' }]
  });

  const key = { codeHash: sha(code) };
  expect(await tablet.post('/api/tablets/look', { offer: key })).toMatchObject({
    space,
    spaceName: 'Ríos de Europa',
    by: 'Marta Rios'
  });
  const digits = String(Number.parseInt(tablet.device.slice(0, 8), 16) % 10_000).padStart(4, '0');
  const check = `${digits.slice(0, 2)} ${digits.slice(2)}`;
  const asking = { offer: key, device: tablet.device, name: 'Carro 1' };
  expect(await tablet.post('/api/tablets/ask', asking)).toMatchObject({
    device: { kind: 'classroom', tablet: { stage: 'waiting', check } },
    rooms: [],
    credentials: []
  });
  expect(await own.get(`/api/spaces/${space}/tablets`)).toMatchObject({
    tablets: [{ id: tablet.device, name: 'Carro 1', stage: 'waiting', check, offer: offered.offer }]
  });
  const yes = { tablet: tablet.device, name: 'Carro 1', groups: 'all', teachers: [] };
  const admit = change({ ...as, name: 'tablet.admit' }, yes, marta.signing);
  expect(await own.post('/api/changes', { changes: [admit] })).toMatchObject({
    verdicts: [{ is: 'accepted' }]
  });

  const report = await tablet.get<{
    credentials: (Held & { salt: string; cost: number })[];
    credentialsTag: string;
    rooms: string[];
  }>('/api/device');
  expect(report).toMatchObject({
    rooms: [`members/${space}@1`],
    accounts: [angel.account.id],
    leaseDays: 30
  });
  const [held] = report.credentials;
  if (!held) throw new Error('no credential');
  expect(held).toMatchObject({ scope: 'full', by: 'password', username: 'angel.canorobles.1' });
  const signing = open(held, (await derive('trucha7rana2', held.salt, held.cost)).seal);
  const child = { space, device: tablet.device, actor: held.account, key: held.key };
  const profile = { member: held.account, text: 'Me gusta el río' };
  const told = change({ ...child, name: 'member.profile' }, profile, signing);
  expect(await tablet.post('/api/changes', { changes: [told] })).toMatchObject({
    verdicts: [{ is: 'accepted' }]
  });
  const again = await tablet.get<object>(`/api/device?credentials=${report.credentialsTag}`);
  expect(again).not.toHaveProperty('credentials');
  const status = { waiting: 0, files: 0, drafts: 1, refused: 0, app: 'mine' };
  expect(await tablet.post('/api/device/status', status)).toEqual({});
  const staff = await own.follow(`staff/${space}@1`, (doc) => doc.getMap('tablets').size === 1);
  expect(staff.getMap('tablets').get(tablet.device)).toMatchObject({ name: 'Carro 1', groups: 'all' });
  const revoke = change({ ...as, name: 'device.revoke' }, { device: tablet.device }, marta.signing);
  await own.post('/api/changes', { changes: [revoke] });
  await expect(tablet.get('/api/device')).rejects.toThrow('device-revoked');
});

test('[CR1, CR2, CH1] the example in the protocol is right, byte by byte', async () => {
  const page = readFileSync(join(root, 'src/lib/protocol/PROTOCOL.md'), 'utf8');
  const [, json = ''] = /```json\n([\s\S]*?)```/.exec(page) ?? [];
  const example = JSON.parse(json) as Record<string, string> & {
    cost: number;
    change: { header: string; payload: string; signature: string };
  };
  const text = (name: string): string => String(example[name]);
  const secrets = await derive(text('password'), text('salt'), example.cost);
  expect({ ...secrets, seal: b64(secrets.seal), proveHash: sha(secrets.prove) }).toEqual({
    input: example['input'],
    bcrypt: example['bcrypt'],
    seal: example['seal'],
    prove: example['prove'],
    proveHash: example['proveHash']
  });
  const held = { account: text('account'), key: text('key'), iv: text('iv'), sealed: text('sealed') };
  const opened = open(held, secrets.seal);
  expect(pointOf(opened)).toEqual({ publicKey: example['publicKey'], id: example['key'] });
  const { header, payload, signature } = example.change;
  const how = { key: createPublicKey(opened), dsaEncoding: 'ieee-p1363' } as const;
  expect(verify('sha256', Buffer.from(header), how, Buffer.from(signature, 'base64url'))).toBe(true);
  expect((JSON.parse(header) as { digest: string }).digest).toBe(sha(Buffer.from(payload, 'base64url')));
});
