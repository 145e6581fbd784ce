import { once } from 'node:events';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { SpacePut } from '#lib/domain/puts.ts';
import { mayTakeAway } from '#relay/gate/audience.ts';
import { openDatabase } from '#relay/storage/sqlite/open.ts';
import { sqliteStorage } from '#relay/storage/sqlite/sqlite-storage.ts';
import {
  addPupil,
  found,
  freshId,
  freshKeyFor,
  invite,
  Tablet,
  type Founded
} from '../support/relay-tablet.ts';
import { RelayFollower } from '../support/relay-follower.ts';
import { testRelay } from '../support/relay.ts';
import { angel } from '../support/cast.ts';
import { riosDeEuropa } from '../support/world.ts';
import { founded } from '../support/relay-founded.ts';

const on = '2026-11-24' as CalendarDate;

describe('who may follow', () => {
  test('[RM1] a socket that may not be is opened and closed with a code that says why', async () => {
    const world = await founded();
    const { tablet, space, relay } = world;
    const { pupil } = await addPupil(world, 'Zoe', 'Navarro');
    const home = new Tablet(relay.address);
    await home.signIn(pupil);
    const code = (who: Tablet, room: string): Promise<number> => who.follow(room).closed;

    expect(await code(new Tablet(relay.address), `members/${space}@1`)).toBe(4401);
    expect(await code(home, `staff/${space}@1`)).toBe(4403);
    expect(await code(tablet, `members/${freshId()}@1`)).toBe(4404);
    expect(await code(tablet, `pages/${space}@1`)).toBe(4404);
    expect(await code(tablet, `members/%E0%A4%A@1`)).toBe(4404);
    expect(await code(tablet, `members/${space}@2`)).toBe(4410);
    await relay.revokeDevice(home.device);
    expect(await code(home, `members/${space}@1`)).toBe(4423);
  });

  test('[RM1] a page of another host opens no socket', async () => {
    const { tablet, space, relay } = await founded();
    const foreign = new RelayFollower(relay.address, `members/${space}@1`, tablet.cookie, {
      Origin: 'https://elsewhere.example'
    });
    expect(await foreign.closed).toBe(1006);
    const own = new RelayFollower(relay.address, `members/${space}@1`, tablet.cookie, {
      Origin: relay.address
    });
    onTestFinished(() => own.close());
    expect((await own.synced()).version).toBe(1);
  });

  test('[RM8] whoever loses the right to read is cut off at once, and others go on', async () => {
    const world = await founded();
    const { space, admin } = world;
    const partner = await invite(world);
    const [members, staff] = [`members/${space}@1`, `staff/${space}@1`];
    const theirs = await Promise.all([members, staff].map((room) => partner.tablet.follow(room).synced()));
    const ours = await world.tablet.follow(members).synced();

    await world.tablet.do(admin, 'member.role', { member: partner.person.account, role: 'pupil' }, { space });
    expect(await theirs[1]?.closed).toBe(4403);
    await theirs[0]?.until(() => theirs[0]?.version === 4);

    await world.tablet.do(admin, 'member.remove', { member: partner.person.account }, { space });
    expect(await theirs[0]?.closed).toBe(4403);
    await ours.until(() => ours.version === 5);
    expect(await partner.tablet.follow(members).closed).toBe(4403);
  });

  test('[RM8] followers are looked at again for another role, standing or custody, and for nothing else', () => {
    const world = riosDeEuropa();
    const state = world.state();
    const [member, person] = [state.members.members.get(angel.id), state.members.people.get(angel.id)];
    if (!member || !person) throw new Error('nobody there');
    const put = (map: 'members' | 'people', value: object, key: string = angel.id): boolean =>
      mayTakeAway({ doc: 'members', map, key, value, space: state.id } as SpacePut, state);
    const removed = { is: 'removed', on: world.now };
    expect(put('members', { ...member, role: 'pupil-admin' })).toBe(true);
    expect(put('members', { ...member, status: removed })).toBe(true);
    expect(put('people', { ...person, custody: { kind: 'self' } })).toBe(true);
    expect(put('members', { ...member, display: 'Á.', groups: ['x'], profile: 'Hola' })).toBe(false);
    expect(put('people', { ...person, keys: [] })).toBe(false);
    expect(put('members', member, freshId())).toBe(false);
  });

  test('[RM8] a revoked device’s sockets close', async () => {
    const { tablet, space, relay } = await founded();
    const follower = await tablet.follow(`members/${space}@1`).synced();
    await relay.revokeDevice(tablet.device);
    expect(await follower.closed).toBe(4423);
  });

  test('[RM7] one device has at most 64 sockets', async () => {
    const { tablet, space } = await founded();
    const room = `members/${space}@1`;
    for (let count = 0; count < 64; count++) await tablet.follow(room).synced();
    expect(await tablet.follow(room).closed).toBe(4529);
  });
});

describe('what a follower is told', () => {
  test('[RM2] each update of the document and of no other, in the order of the changes', async () => {
    const world = await founded();
    const { tablet, admin, space, relay } = world;
    const secret = (await relay.makeFoundingLink()).path.split('#')[1] ?? '';
    const other = freshId<Founded['space']>();
    await tablet.use(
      secret,
      await tablet.sign(admin, 'space.found', { name: 'Lagos', display: 'M' }, { space: other })
    );
    const follower = await tablet.follow(`staff/${other}@1`).synced();
    const versions: unknown[] = [];
    follower.doc.on('update', () => versions.push(follower.version));
    await tablet.do(admin, 'access.record', { on }, { space });
    await addPupil(world, 'Zoe', 'Navarro');
    await tablet.do(admin, 'access.record', { on }, { space: other });
    await tablet.do(admin, 'access.record', { on }, { space: other });
    await follower.until(() => follower.version === 3);
    expect(versions).toEqual([2, 3]);
  });

  test('[RM2] what happens to an account is told in every TwinSpace of it', async () => {
    const world = await founded();
    const { tablet, admin, space, relay } = world;
    const secret = (await relay.makeFoundingLink()).path.split('#')[1] ?? '';
    const other = freshId<Founded['space']>();
    await tablet.use(
      secret,
      await tablet.sign(admin, 'space.found', { name: 'Lagos', display: 'M' }, { space: other })
    );
    const follower = await tablet.follow(`staff/${other}@1`).synced();
    const args = { account: admin.account, given: 'Marta', family: 'Lagos', school: '' };
    await tablet.do(admin, 'account.rename', args, { space });
    await follower.until(() => follower.version === 2);
    expect(follower.get('people', admin.account)).toMatchObject({ family: 'Lagos' });
  });

  test('[RM2] whoever comes back is given what is missing, and no more', async () => {
    const world = await founded();
    const room = `members/${world.space}@1`;
    const first = await world.tablet.follow(room).synced();
    first.close();
    await addPupil(world, 'Zoe', 'Navarro');
    const second = world.tablet.follow(room);
    Y.applyUpdate(second.doc, Y.encodeStateAsUpdate(first.doc));
    const sizes: number[] = [];
    second.doc.on('update', (update: Uint8Array) => sizes.push(update.length));
    await second.synced();
    expect(second.version).toBe(2);
    expect(sizes[0]).toBeLessThan(Y.encodeStateAsUpdate(second.doc).length / 1.5);
  });

  test('[RM3] what the stock provider sends of itself is ignored, counted, and nobody is cut off for it', async () => {
    const world = await founded();
    const { tablet, space, relay, admin } = world;
    class Socket extends WebSocket {
      constructor(url: string) {
        super(url, { headers: { Cookie: `__Host-twinspace-device=${tablet.cookie}` } });
      }
    }
    const doc = new Y.Doc();
    const provider = new WebsocketProvider(
      `${relay.address.replace('http', 'ws')}/sync`,
      `members/${space}@1`,
      doc,
      {
        WebSocketPolyfill: Socket as unknown as typeof globalThis.WebSocket,
        disableBc: true
      }
    );
    onTestFinished(() => provider.destroy());
    await new Promise((done) => provider.once('sync', done));
    doc.getMap('members').set(admin.account, { role: 'pupil' });
    doc.getMap('members').delete(admin.account);
    const other = await tablet.follow(`members/${space}@1`).synced();
    await addPupil(world, 'Zoe', 'Navarro');
    await other.until(() => other.version === 2);
    const version = (): unknown => doc.getMap('meta').get('version');
    if (version() !== 2) await new Promise<void>((done) => doc.on('update', () => version() === 2 && done()));
    expect(other.get('members', admin.account)).toMatchObject({ role: 'teacher-admin' });
    expect(relay.ignoredFrames).toBe(2);
  });

  test('[RM4] where records are there is no presence: it is answered with nobody’s, and never forwarded', async () => {
    const { tablet, space } = await founded();
    const room = `members/${space}@1`;
    const [loud, quiet] = [await tablet.follow(room).synced(), await tablet.follow(room).synced()];
    loud.send(Uint8Array.of(1, 6, 1, 1, 1, 2, 123, 125));
    await loud.until(() => loud.frames.includes(1));
    await quiet.synced();
    expect(quiet.frames).not.toContain(1);
  });

  test('[RM4] a quiet connection hears something every 20 seconds, and a dead one is given up', async () => {
    vi.useFakeTimers({ toFake: ['setInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const { tablet, space, relay } = await founded();
    const room = `members/${space}@1`;
    const alive = await tablet.follow(room).synced();
    const dead = new WebSocket(`${relay.address.replace('http', 'ws')}/sync/${room}`, {
      headers: { Cookie: `__Host-twinspace-device=${tablet.cookie}` },
      autoPong: false
    });
    const gone = once(dead, 'close');
    await once(dead, 'open');
    for (let beat = 1; beat <= 3; beat++) {
      const pinged = once(alive.socket, 'ping');
      await alive.synced();
      vi.advanceTimersByTime(20_000);
      await pinged;
      await alive.until(() => alive.frames.filter((type) => type === 1).length === beat);
      // The answer to this comes behind the answer to the ping.
      await alive.synced();
    }
    await gone;
    await alive.synced();
  });

  test('[RM9] a document built anew is another generation with the same records', async () => {
    const world = await founded();
    const { tablet, space, relay } = world;
    await addPupil(world, 'Zoe', 'Navarro');
    const before = await tablet.follow(`members/${space}@1`).synced();
    const staff = await tablet.follow(`staff/${space}@1`).synced();
    await relay.rebuild(space, 'members');
    expect(await before.closed).toBe(4410);
    expect((await tablet.report()).body.rooms).toEqual([`members/${space}@2`, `staff/${space}@1`]);
    expect(await tablet.follow(`members/${space}@1`).closed).toBe(4410);
    const after = await tablet.follow(`members/${space}@2`).synced();
    expect(after.records).toEqual(before.records);
    expect(after.doc.store.clients.size).toBe(1);
    const { verdict } = await addPupil(world, 'Noa', 'Vidal');
    expect(verdict).toMatchObject({ version: 3 });
    await after.until(() => after.version === 3);
    await staff.until(() => staff.version === 3);
  });

  test('[RM9] a document that has grown out of all proportion is built anew when it is loaded', async () => {
    const first = await testRelay();
    const world = await found(first.relay.address, first.setUp);
    const { tablet, admin, space } = world;
    const { pupil } = await addPupil(world, 'Zoe', 'Navarro');
    const follower = await tablet.follow(`members/${space}@1`).synced();
    const grown = new Y.Doc();
    Y.applyUpdate(grown, Y.encodeStateAsUpdate(follower.doc));
    // The counter and a setting, by turns, as accepted changes write them: no two neighbours can be put together.
    for (let turn = 1; turn <= 20_000; turn++) {
      grown.getMap('settings').set('idleLockMinutes', turn);
      grown.getMap('meta').set('version', 2);
    }
    await first.relay.stop();
    const storage = sqliteStorage(openDatabase(first.folder));
    await storage.documents.compact(space, 'members', Y.encodeStateAsUpdate(grown));
    await storage.close();

    const second = await testRelay({ dataDir: first.folder });
    const again = tablet.at(second.relay.address);
    expect((await again.report()).body.rooms).toContain(`members/${space}@2`);
    const rebuilt = await again.follow(`members/${space}@2`).synced();
    expect(rebuilt.records).toEqual({ ...follower.records, settings: { idleLockMinutes: 20_000 } });
    expect(rebuilt.get('members', pupil.account)).toBeDefined();
    expect(await again.do(admin, 'access.record', { on }, { space })).toMatchObject({ version: 3 });
  });
});

test('[RM2] a new key is told to every follower, its sealed half to nobody', async () => {
  const world = await founded();
  const { tablet, admin, space } = world;
  const { pupil } = await addPupil(world, 'Zoe', 'Navarro');
  const follower = await tablet.follow(`members/${space}@1`).synced();
  const { key, credential } = await freshKeyFor(pupil.account, 'rana7trucha2');
  const args = { account: pupil.account, key, reason: 'someone-knows' } as const;
  await tablet.do(admin, 'key.set', args, { space }, credential);
  await follower.until(() => follower.version === 3);
  const staff = await tablet.follow(`staff/${space}@1`).synced();
  expect(follower.get('people', pupil.account)).toMatchObject({
    keys: [{ id: key.id }, { id: pupil.fresh.id, state: { is: 'distrusted' } }]
  });
  const { seals } = JSON.parse(credential) as { seals: { sealed: string; salt: string }[] };
  const everything = JSON.stringify([follower.records, staff.records]);
  for (const { sealed, salt } of seals) {
    expect(everything).not.toContain(sealed);
    expect(everything).not.toContain(salt);
  }
});
