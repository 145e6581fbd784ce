import { onTestFinished } from 'vitest';
import { render } from 'vitest-browser-svelte';
import * as Y from 'yjs';
import { importPrivateKey, makeKey } from '#lib/crypto/signing.ts';
import { plusDays } from '#lib/domain/dates.ts';
import type { SpaceDocument } from '#lib/domain/may-read.ts';
import { isStaff } from '#lib/domain/roles.ts';
import { activeMember, type SpaceState } from '#lib/domain/state.ts';
import { roomName } from '#lib/protocol/rooms.ts';
import { App } from '#lib/session/app.svelte.ts';
import { Database } from '#lib/store/database.ts';
import { clockDay } from '#lib/store/device.ts';
import { RelayClient } from '#lib/sync/relay-client.ts';
import { keyOf, type Person } from '../../support/cast.ts';
import type { World } from '../../support/world.ts';
import { goto } from './kit/navigation.ts';
import Seat from './Seat.svelte';

/** Somebody at work on a device of their own that holds what the relay last told, and finds no relay now. */
export async function sit(who: Person, world: World, at: string): Promise<App> {
  const db = new Database(`seat ${crypto.randomUUID()}`);
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
  const { id, owner, accounts } = who.device;
  await db.device.put({
    ...{ name: 'device', id, seen: today, ahead: 0, lease: plusDays(today, 30) },
    enrolment: { is: 'enrolled', kind: 'personal', owner, accounts, rooms }
  });
  const app = new App('', db, new RelayClient(() => Promise.reject(new TypeError('no network'))));
  await app.start();
  await app.contact.refresh();
  const known = world.directory.public(who.id);
  const { privateKey } = await makeKey();
  await app.begin({
    ...{ account: who.id, username: who.username, display: `${who.given} ${who.family}` },
    ...{ home: known?.home ?? world.state().id, key: keyOf(who), scope: 'full', by: 'password' },
    signing: await importPrivateKey(privateKey)
  });
  await goto(at);
  const shown = await render(Seat, { app });
  onTestFinished(async ({ task }) => {
    // What it shows, for whoever looks into the failure.
    if (task.result?.state === 'fail') console.log(document.body.innerText);
    await shown.unmount();
    await app.signOut();
    await app.close();
  });
  return app;
}

/** A document of a TwinSpace as the relay has written it. */
function asDocument(state: SpaceState, document: SpaceDocument): Uint8Array {
  const doc = new Y.Doc();
  for (const [map, records] of Object.entries(state[document]) as [string, ReadonlyMap<string, unknown>][])
    for (const [key, value] of records) doc.getMap(map).set(key, value);
  doc.getMap('meta').set('version', 1);
  return Y.encodeStateAsUpdate(doc);
}
