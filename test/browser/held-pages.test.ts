import { expect, test } from 'vitest';
import type { AccountId, PageId, SpaceId } from '#lib/domain/ids.ts';
import { joinAnswers } from '#lib/protocol/document-answer.ts';
import { relayHeader } from '#lib/protocol/relay-header.ts';
import { pageRoom } from '#lib/protocol/rooms.ts';
import { Database } from '#lib/store/database.ts';
import { dropDocument, holdPage, noteWriter } from '#lib/store/documents.ts';
import { HeldPages } from '#lib/sync/held-pages.ts';
import { RelayClient } from '#lib/sync/relay-client.ts';

test('[WR4] a page of which more is told than the relay has is asked for once, not again and again', async () => {
  const space = crypto.randomUUID() as string as SpaceId;
  const rooms = [0, 1].map(() => pageRoom(space, crypto.randomUUID() as string as PageId));
  const [one = '', other = ''] = rooms;
  const asked: string[] = [];
  const relay = new RelayClient(async (_, init) => {
    const body = JSON.parse(await new Response(init?.body).text()) as { wanted: { room: string }[] };
    asked.push(...body.wanted.map(({ room }) => room));
    const answer = { is: 'updates', progress: 3, updates: [Uint8Array.of(0, 0)] } as const;
    return new Response(joinAnswers(body.wanted.map(() => answer)), {
      headers: { [relayHeader]: 'a'.repeat(22) }
    });
  });
  const db = new Database(`held ${crypto.randomUUID()}`);
  const pages = new HeldPages(db, relay, { followed: () => undefined, stored: () => undefined });
  pages.reach(true);
  pages.want(new Map([[one, 9]]));
  await expect.poll(() => asked).toContain(one);
  await expect.poll(() => db.heldPages.get(one)).toMatchObject({ moved: 9 });
  // Another one is told of: everything is looked at again.
  pages.want(new Map([...rooms.map((room) => [room, 3] as const), [one, 9]]));
  await expect.poll(() => asked).toContain(other);
  await expect.poll(() => db.heldPages.get(other)).toMatchObject({ moved: 3 });
  await pages.close();
  expect(asked.toSorted()).toEqual(rooms.toSorted());
  db.close();
});

test('[WR4, PG11] a page that a socket brings counts as here once it has come as far as is told, and is not asked for', async () => {
  const room = pageRoom(crypto.randomUUID() as string as SpaceId, crypto.randomUUID() as string as PageId);
  const relay = new RelayClient(() => Promise.reject(new Error('asked')));
  const db = new Database(`held ${crypto.randomUUID()}`);
  let come = 0;
  const pages = new HeldPages(db, relay, { followed: () => come, stored: () => undefined });
  const writers = [{ client: 7, account: crypto.randomUUID() as string as AccountId }];
  await db.heldPages.add({ room, moved: 0, writers });
  pages.reach(true);
  pages.want(new Map([[room, 5]]));
  come = 7;
  pages.arrived();
  await expect.poll(() => db.heldPages.get(room)).toEqual({ room, moved: 7, writers });
  // Who writes here is known without being told.
  const mine = { client: 9, account: crypto.randomUUID() as string as AccountId };
  await noteWriter(db, room, mine);
  await noteWriter(db, room, mine);
  expect((await db.heldPages.get(room))?.writers).toEqual([...writers, mine]);
  await pages.close();
  db.close();
});

test('[PG11, WR4] whose the clientIDs of a page are stays known when more of it comes, and goes with it', async () => {
  const db = new Database(`held ${crypto.randomUUID()}`);
  const writers = [{ client: 7, account: crypto.randomUUID() as string as AccountId }];
  await db.heldPages.add({ room: 'one', moved: 3, writers });
  await holdPage(db, { room: 'one', moved: 4 });
  expect(await db.heldPages.get('one')).toEqual({ room: 'one', moved: 4, writers });
  await dropDocument(db, 'one');
  expect(await db.heldPages.toArray()).toEqual([]);
  db.close();
});
