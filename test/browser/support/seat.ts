import { onTestFinished } from 'vitest';
import { render } from 'vitest-browser-svelte';
import * as Y from 'yjs';
import { importPrivateKey, makeKey } from '#lib/crypto/signing.ts';
import { plusDays } from '#lib/domain/dates.ts';
import type { Device } from '#lib/domain/device.ts';
import type { SpaceDocument } from '#lib/domain/may-read.ts';
import { isStaff } from '#lib/domain/roles.ts';
import { activeMember, type SpaceState } from '#lib/domain/state.ts';
import { relayHeader } from '#lib/protocol/relay-header.ts';
import { roomName } from '#lib/protocol/rooms.ts';
import { App } from '#lib/session/app.svelte.ts';
import { Database } from '#lib/store/database.ts';
import { clockDay } from '#lib/store/device.ts';
import { RelayClient } from '#lib/sync/relay-client.ts';
import { keyOf, type Person } from '../../support/cast.ts';
import type { World } from '../../support/world.ts';
import { goto } from './kit/navigation.ts';
import Seat from './Seat.svelte';

/** What a device holds, where it holds anything. */
interface Held {
  readonly who: Person;
  readonly world: World;
  readonly device: Device;
}

/** Somebody at work on a device, their own if nothing else is said, that holds what the relay last told and finds none now. */
export async function sit(who: Person, world: World, at: string, device = who.device): Promise<App> {
  const app = await tablet({ who, world, device });
  const known = world.directory.public(who.id);
  const { privateKey } = await makeKey();
  await app.begin({
    account: who.id,
    username: who.username,
    display: `${who.given} ${who.family}`,
    home: known?.home ?? world.state().id,
    key: keyOf(who),
    scope: 'full',
    by: 'password',
    signing: await importPrivateKey(privateKey)
  });
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
