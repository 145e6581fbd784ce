import { describe, expect, test } from 'vitest';
import type { PageId } from '#lib/domain/ids.ts';
import { readPresence } from '#relay/ws/presence-update.ts';
import { presenceOf, type RelayFollower } from '../support/relay-follower.ts';
import { must, roomOf, withPage, Writer } from '../support/relay-pages.ts';
import { addPupil, freshId, Tablet } from '../support/relay-tablet.ts';

/** A caret at the beginning of the page. */
const caret = { type: null, tname: 'body', item: null, assoc: 0 };
const cursor = { anchor: caret, head: caret };

/** A page in which a pupil has written, a tablet that says so, and the teacher's, which hears it. */
async function writing() {
  const world = await withPage();
  const { pupils, pupil, tablet, room } = world;
  const writer = new Writer(pupils, pupil, world);
  await writer.writes('uno');
  const says = await pupils.follow(room).synced();
  const hears = await tablet.follow(room).synced();
  return { ...world, writer, client: writer.doc.clientID, says, hears };
}

/** Resolves when whatever was said before by either has been told, or never will be. */
async function heard(world: Awaited<ReturnType<typeof writing>>, through?: RelayFollower) {
  const { tablet, room, admin, hears } = world;
  const teacher = new Writer(tablet, admin, world);
  await teacher.writes('dos');
  const from = through ?? (await tablet.follow(room).synced());
  from.send(presenceOf([teacher.doc.clientID, 1, { cursor }]));
  await hears.until(() => hears.present.has(teacher.doc.clientID));
  hears.present.delete(teacher.doc.clientID);
}

describe('who is writing', () => {
  test('[RM4, RM19] whoever has written in a page is told to those who read it, with the relay’s word on whose it is', async () => {
    const { says, hears, client, pupil } = await writing();
    says.send(presenceOf([client, 1, { cursor, user: { name: 'Directora', color: '#000000' }, more: 1 }]));
    await hears.until(() => hears.present.size > 0);
    const state = { user: { account: pupil.account }, cursor };
    expect([...hears.present]).toEqual([[client, state]]);
    says.send(presenceOf([client, 2, {}]));
    await hears.until(() => JSON.stringify(hears.present.get(client)) !== JSON.stringify(state));
    expect(hears.present.get(client)).toEqual({ user: { account: pupil.account }, cursor: null });
  });

  test('[RM20] who comes later is told at once, who asks is answered, and who goes is here no longer', async () => {
    const { says, hears, client, tablet, room } = await writing();
    says.send(presenceOf([client, 1, { cursor }]));
    await hears.until(() => hears.present.has(client));
    const late = await tablet.follow(room).synced();
    await late.until(() => late.present.has(client));
    late.present.clear();
    late.send(Uint8Array.of(3));
    await late.until(() => late.present.has(client));
    says.close();
    await hears.until(() => hears.present.size === 0);
    await late.until(() => late.present.size === 0);
    const later = await tablet.follow(room).synced();
    later.send(Uint8Array.of(3));
    await later.until(() => later.frames.includes(1));
    expect(later.present.size).toBe(0);
  });

  test('[RM20] whoever goes on under another clientID, or says goodbye, is there once or not at all', async () => {
    const world = await writing();
    const { says, hears, client, pupils, pupil } = world;
    says.send(presenceOf([client, 1, { cursor }]));
    await hears.until(() => hears.present.has(client));
    const other = new Writer(pupils, pupil, world);
    await other.writes('tres');
    says.send(presenceOf([other.doc.clientID, 1, { cursor }]));
    await hears.until(() => hears.present.has(other.doc.clientID));
    expect([...hears.present.keys()]).toEqual([other.doc.clientID]);
    says.send(presenceOf([other.doc.clientID, 2, null]));
    await hears.until(() => hears.present.size === 0);
  });

  test('[RM19] under the clientID of somebody else, of another device, or of nobody, nothing is told', async () => {
    const world = await writing();
    const { says, hears, client, space, tablet, admin, relay, room } = world;
    const strange = [
      presenceOf([4711, 1, { cursor }]),
      presenceOf([1, 1, { cursor }]),
      presenceOf([client, 1, { cursor }], [4711, 1, { cursor }]),
      presenceOf([client, 1, { cursor: { anchor: { ...caret, tname: 'more' }, head: caret } }]),
      presenceOf([client, 1, { cursor: { anchor: caret, head: { item: { client: -1, clock: 0 } } } }]),
      presenceOf([client, 1, { cursor, fill: 'x'.repeat(2_000) }]),
      presenceOf([client, 1, 'text'])
    ];
    for (const frame of strange) says.send(frame);
    // The teacher's tablet says that the pupil writes on it, and a classmate's device the same.
    hears.send(presenceOf([client, 1, { cursor }]));
    const { pupil } = await addPupil(world, 'Zoe', 'Dos');
    const mate = new Tablet(relay.address);
    await mate.signIn(pupil);
    (await mate.follow(room).synced()).send(presenceOf([client, 1, { cursor }]));
    // In `members` there is no presence, nor in a page in which nobody has written.
    const members = await tablet.follow(`members/${space}@1`).synced();
    (await world.pupils.follow(`members/${space}@1`).synced()).send(presenceOf([client, 1, { cursor }]));
    const page = freshId<PageId>();
    await must(
      tablet.do(admin, 'page.create', { page, title: 'El Po', order: 'a1', draft: false }, { space })
    );
    const elsewhere = await tablet.follow(roomOf(space, page)).synced();
    (await world.pupils.follow(roomOf(space, page)).synced()).send(presenceOf([client, 1, { cursor }]));

    await heard(world);
    for (const follower of [hears, members, elsewhere]) expect([...follower.present.keys()]).toEqual([]);
    says.send(presenceOf([client, 9, { cursor }]));
    await hears.until(() => hears.present.has(client));
  });

  test('[RM19, RM8] whoever loses the permission is here no longer, and comes back with it', async () => {
    const world = await writing();
    const { says, hears, client, tablet, admin, space, page } = world;
    const to = { is: 'pupils' } as const;
    says.send(presenceOf([client, 1, { cursor }]));
    await hears.until(() => hears.present.has(client));
    await must(tablet.do(admin, 'page.withdraw', { page, to }, { space }));
    await hears.until(() => hears.present.size === 0);
    says.send(presenceOf([client, 2, { cursor }]));
    await heard(world);
    expect(hears.present.size).toBe(0);
    await must(tablet.do(admin, 'page.permit', { page, to }, { space }));
    says.send(presenceOf([client, 3, { cursor }]));
    await hears.until(() => hears.present.has(client));
  });

  test('[RM20, RM5] what one says in a tenth of a second is told as one, and a flood is cut off', async () => {
    const world = await writing();
    const { says, hears, client } = world;
    const before = hears.frames.filter((type) => type === 1).length;
    for (let clock = 1; clock <= 300; clock++)
      says.send(presenceOf([client, clock, clock < 300 ? { cursor } : {}]));
    await hears.until(() => (hears.present.get(client) as { cursor?: unknown } | undefined)?.cursor === null);
    expect(hears.frames.filter((type) => type === 1).length - before).toBeLessThan(100);
    for (let clock = 301; clock <= 1_400; clock++) says.send(presenceOf([client, clock, { cursor }]));
    expect(await says.closed).toBe(4529);
    await hears.until(() => hears.present.size === 0);
  });

  test('[RM19] what is no presence is read as none', () => {
    for (const bytes of [[], [0], [1], [1, 1, 1, 1, 123], [1, 1, 1, 2, 123, 125, 0], [2, 1, 1, 2, 123, 125]])
      expect(readPresence(Uint8Array.from(bytes))).toBeUndefined();
    expect(readPresence(Uint8Array.of(1, 7, 9, 2, 123, 125))).toEqual({ client: 7, clock: 9, cursor: null });
  });
});
