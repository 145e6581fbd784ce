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
import { Database, type CredentialRow, type DeviceRow } from '#lib/store/database.ts';
import { clockDay } from '#lib/store/device.ts';
import { RelayClient } from '#lib/sync/relay-client.ts';
import { classroomTablet, keyOf, type Person } from '../../support/cast.ts';
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

/**
 * A classroom tablet of a class, whose teacher has a classroom password: it waits for the yes, or its class is open. The
 * app begins when it is told to.
 *
 * @param whenLessonIsRead until then the storage does not answer whether a class is open
 */
export async function classTablet(
  teacher: Person,
  pupils: readonly Person[],
  world: World,
  at: 'asking' | 'open',
  whenLessonIsRead: Promise<void> = Promise.resolve()
): Promise<{ readonly app: App; readonly started: () => Promise<void> }> {
  const db = new Database(`tablet ${crypto.randomUUID()}`);
  const { id } = classroomTablet(teacher.id);
  const [space] = world.spaces.keys();
  if (space === undefined) throw new Error('there is no TwinSpace');
  const rooms = [roomName({ document: 'members', space, generation: 1 })];
  for (const room of rooms)
    await db.documents.put({ room, update: asDocument(world.state(space), 'members') });
  await db.keys.bulkPut([
    await credentialOf(teacher, space, 'classroom'),
    ...(await Promise.all(pupils.map((pupil) => credentialOf(pupil, space))))
  ]);
  await db.device.put({
    ...today(),
    id,
    enrolment: {
      is: 'enrolled',
      kind: 'classroom',
      owner: teacher.id,
      accounts: [teacher, ...pupils].map((person) => person.id),
      rooms,
      tablet: {
        space,
        spaceName: 'Ríos de Europa',
        name: 'Tableta 1',
        stage: at === 'asking' ? 'waiting' : 'active',
        check: '12 34',
        groups: 'all',
        teachers: [teacher.id]
      }
    }
  });
  if (at === 'open') {
    const [from, hour] = [Date.now(), 3_600_000];
    const [by, display] = [teacher.id, teacher.given];
    await db.lesson.put({ id: 'lesson', by, display, space, from, until: from + hour });
  }
  const get = db.lesson.get.bind(db.lesson);
  Object.assign(db.lesson, {
    get: async (key: 'lesson') => {
      await whenLessonIsRead;
      return get(key);
    }
  });
  const app = new App('', db, new RelayClient((asked) => answerOf({}, String(asked))));
  await show(app, at === 'asking' ? '/tablet' : '/pupil-login');
  return { app, started: () => app.start() };
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
  await db.device.put({
    ...today(),
    id: device.id,
    enrolment: { is: 'enrolled', kind: 'personal', owner: device.owner, accounts: [who.id], rooms }
  });
}

/** What a device knows of the day after a contact with the relay. */
function today(): Pick<DeviceRow, 'name' | 'seen' | 'ahead' | 'lease'> {
  const seen = clockDay();
  return { name: 'device', seen, ahead: 0, lease: plusDays(seen, 30) };
}

/** A sealed key under the password. It is slowed as little as can be: nobody guesses here. */
async function credentialOf(
  who: Person,
  home: SpaceId,
  scope: CredentialRow['scope'] = 'full'
): Promise<CredentialRow> {
  const { publicKey, privateKey } = await makeKey();
  const bound = { account: who.id, key: keyOf(who), scope } as const;
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
