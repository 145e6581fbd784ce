import { hash as bcryptHash } from 'bcryptjs';
import { onTestFinished } from 'vitest';
import { render } from 'vitest-browser-svelte';
import * as Y from 'yjs';
import { freshSalt } from '#lib/crypto/bcrypt-salt.ts';
import { deriveSecrets, sealKey } from '#lib/crypto/sealed-key.ts';
import { makeKey } from '#lib/crypto/signing.ts';
import { plusDays } from '#lib/domain/dates.ts';
import type { Device } from '#lib/domain/device.ts';
import type { SpaceId } from '#lib/domain/ids.ts';
import type { SpaceDocument } from '#lib/domain/may-read.ts';
import { isStaff } from '#lib/domain/roles.ts';
import { activeMember, type SpaceState } from '#lib/domain/state.ts';
import { nameKey } from '#lib/domain/usernames.ts';
import { relayHeader } from '#lib/protocol/relay-header.ts';
import { roomName } from '#lib/protocol/rooms.ts';
import { App } from '#lib/session/app.svelte.ts';
import { Database, type CredentialRow } from '#lib/store/database.ts';
import { clockDay } from '#lib/store/device.ts';
import { RelayClient } from '#lib/sync/relay-client.ts';
import { keyOf, type Person } from '../../support/cast.ts';
import type { World } from '../../support/world.ts';
import { goto } from './kit/navigation.ts';
import Seat from './Seat.svelte';

/** The password of everybody whose sealed key lies on a device here. */
export const password = 'río-montaña-nube-7';

/** What a device holds: what the relay last told it, and the sealed key of one person. */
interface Held {
  readonly who: Person;
  readonly world: World;
  readonly device: Device;
}

/** Somebody at work on a device, their own if nothing else is said, that finds no relay now. */
export async function sit(who: Person, world: World, at: string, device = who.device): Promise<App> {
  const app = await tablet({ who, world, device });
  const answer = await app.signIn(who.username, password);
  if (!answer.ok) throw new Error('the password does not open');
  await show(app, at);
  return app;
}

/** A device that knows somebody, on which nobody is signed in. */
export async function nobodyAt(who: Person, world: World, at: string): Promise<App> {
  const app = await tablet({ who, world, device: who.device });
  await show(app, at);
  return app;
}

/** What a relay answers, by path; whatever else is asked finds no network. */
type Answers = Readonly<Record<string, unknown>>;

/** A device on which nobody has ever been, at one of the doors. */
export async function atTheDoor(at: string, answers: Answers = {}): Promise<App> {
  const app = await tablet(undefined, answers);
  await show(app, at);
  return app;
}

async function tablet(held?: Held, answers: Answers = {}): Promise<App> {
  const db = new Database(`seat ${crypto.randomUUID()}`);
  if (held) await fill(db, held);
  const app = new App('', db, new RelayClient((asked) => answerOf(answers, String(asked))));
  await app.start();
  await app.contact.refresh();
  return app;
}

async function answerOf(answers: Answers, path: string): Promise<Response> {
  if (!(path in answers)) throw new TypeError('no network');
  return Response.json(answers[path], { headers: { [relayHeader]: 'a'.repeat(22) } });
}

/** What the relay told the device of a person at its last contact, which was today. */
async function fill(db: Database, { who, world, device }: Held): Promise<void> {
  const rooms: string[] = [];
  for (const state of world.spaces.values()) {
    const member = activeMember(state, who.id);
    if (!member) continue;
    for (const document of isStaff(member.role) ? (['members', 'staff'] as const) : (['members'] as const)) {
      const room = roomName({ document, space: state.id, generation: 1 });
      rooms.push(room);
      await db.documents.put({ room, update: asDocument(state, document) });
    }
  }
  const home = world.directory.public(who.id)?.home;
  if (home) await db.keys.put(await credentialOf(who, home));
  const today = clockDay();
  await db.device.put({
    name: 'device',
    id: device.id,
    seen: today,
    ahead: 0,
    lease: plusDays(today, 30),
    enrolment: { is: 'enrolled', kind: 'personal', owner: device.owner, accounts: [who.id], rooms }
  });
}

/** A sealed key under the password. It is slowed as little as can be: nobody guesses here. */
async function credentialOf(who: Person, home: SpaceId): Promise<CredentialRow> {
  const { publicKey, privateKey } = await makeKey();
  const bound = { account: who.id, key: keyOf(who), scope: 'full' } as const;
  const [salt, cost] = [freshSalt(), 4];
  const secrets = await deriveSecrets(password, salt, cost, bcryptHash);
  return {
    ...bound,
    ...(await sealKey(privateKey, secrets, bound)),
    username: who.username,
    nameKeys: [nameKey(who.username)],
    display: `${who.given} ${who.family}`,
    home,
    publicKey,
    by: 'password',
    salt,
    cost
  };
}

async function show(app: App, at: string): Promise<void> {
  await goto(at);
  const shown = await render(Seat, { app });
  onTestFinished(async ({ task }) => {
    // What it shows, for whoever looks into the failure.
    if (task.result?.state === 'fail') console.log(document.body.innerText);
    await shown.unmount();
    await app.signOut();
    // What the screens were still writing comes first.
    await app.db.transaction('rw', app.db.tables, () => undefined);
    await app.close();
  });
}

/** A document of a TwinSpace as the relay has written it. */
function asDocument(state: SpaceState, document: SpaceDocument): Uint8Array {
  const doc = new Y.Doc();
  for (const [map, records] of Object.entries(state[document]) as [string, ReadonlyMap<string, unknown>][])
    for (const [key, value] of records) doc.getMap(map).set(key, value);
  doc.getMap('meta').set('version', 1);
  return Y.encodeStateAsUpdate(doc);
}
