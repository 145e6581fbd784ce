import type { AccountId, PageId, SpaceId } from '#lib/domain/ids.ts';
import { readHeader } from '#lib/protocol/change.ts';
import { readWriters } from '#lib/protocol/page-history.ts';
import { pageRoom } from '#lib/protocol/rooms.ts';
import type { PageWriter } from '#lib/store/database.ts';
import { editsOf } from '#lib/store/writings.ts';
import { asked, done, failed } from '../device/result.ts';
import type { Bench } from '../work/bench.ts';

/** PG11: whose the clientIDs in a page are. */
export type PageWriters = ReadonlyMap<number, AccountId>;

/**
 * PG11, PV8: whose the clientIDs in a page are: as the relay tells now, and what it tells is kept with the page; without a
 * network as it told last. Who wrote what waits on this device is known here.
 *
 * @param ask whether the relay is asked
 */
export async function pageWriters(
  work: Bench,
  space: SpaceId,
  page: PageId,
  ask = work.app.online
): Promise<PageWriters> {
  const { db } = work.app;
  const room = pageRoom(space, page);
  const told = ask ? await toldWriters(work, space, page) : undefined;
  const before = (await db.heldPages.get(room))?.writers ?? [];
  const clients = new Set(told?.map(({ client }) => client));
  // What was written here may not have arrived there yet.
  const known = [...(told ?? []), ...before.filter(({ client }) => !clients.has(client))];
  if (told) await db.heldPages.update(room, { writers: known });
  const here: PageWriter[] = await db.writings.where('page').equals(page).toArray();
  for (const { signed, actor } of await editsOf(db, page)) {
    const header = readHeader(signed.header);
    if ('kind' in header && header.kind === 'edit') here.push({ client: header.client, account: actor });
  }
  return new Map([...known, ...here].map(({ client, account }) => [client, account]));
}

async function toldWriters(
  { app: { relay } }: Bench,
  space: SpaceId,
  page: PageId
): Promise<readonly PageWriter[] | undefined> {
  const answer = await asked(async () => {
    const writers = readWriters(await relay.get(`/api/spaces/${space}/pages/${page}/writers`));
    return writers ? done(writers) : failed('relay-failed');
  });
  return answer.ok ? answer.value : undefined;
}
