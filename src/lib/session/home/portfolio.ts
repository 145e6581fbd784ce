import type { AccountId, MediaId, SpaceId } from '#lib/domain/ids.ts';
import { mediaIn } from '#lib/domain/media.ts';
import type { OwnWork } from '#lib/yjs/own-work.ts';
import type { Part, Run } from '#lib/yjs/page-tree.ts';
import { runsOfParts } from '#lib/yjs/runs-of-parts.ts';
import { memberEyes, ownEyes } from '../pages/page-eyes.ts';
import { pageRows } from '../pages/page-rows.ts';
import { pageWriters } from '../pages/page-writers.ts';
import { takenPage, type Reading, type TakenPage } from './taken-page.ts';

/** TH4: what somebody has written and added in a TwinSpace, as far as this device knows. */
export interface Portfolio {
  readonly pages: readonly TakenPage[];
  /** All media that are theirs, the oldest first. */
  readonly gallery: readonly MediaId[];
  /** Of how many pages it is not known here who wrote what. */
  readonly unsure: number;
  readonly own: Own;
}

/** What of a page is theirs. */
export type Own = Omit<OwnWork, 'name'>;

/** TH4: the same whoever asks for it: what the member themselves may read. */
export async function portfolioOf(work: Reading, space: SpaceId, member: AccountId): Promise<Portfolio> {
  const state = work.stateOf(space);
  const mine = member === work.me.account;
  const eyes = mine ? ownEyes(work, space) : memberEyes(state, member);
  const clients = new Set<number>();
  const own: Own = {
    wrote: (runs) => isMostly(runs, clients),
    added: (media) => mediaIn(state, media as MediaId)?.owner === member
  };
  const pages: TakenPage[] = [];
  let unsure = 0;
  for (const row of pageRows(eyes, work.today, new Map())) {
    const parts = await work.pages.read(space, row.id, { clients: true });
    const inPage = clientsIn(parts);
    let writers = await pageWriters(work, space, row.id, false);
    const isKnown = (): boolean => [...inPage].every((client) => writers.has(client));
    if (!isKnown() && work.app.online) writers = await pageWriters(work, space, row.id);
    if (!isKnown()) unsure += 1;
    for (const client of inPage) if (writers.get(client) === member) clients.add(client);
    const page = takenPage(work, space, { ...row, depth: 0 }, parts, { account: member, staff: false });
    if (page.media.some(own.added) || runsOfParts(page.parts).some(own.wrote)) pages.push(page);
  }
  const gallery = [...state.members.media]
    .filter(([, media]) => media.owner === member && !media.removed)
    .sort(([one, { on }], [other, media]) => on.localeCompare(media.on) || one.localeCompare(other))
    .map(([id]) => id as MediaId);
  return { pages, gallery, unsure, own };
}

/** Whether at least half of what stands there was written under these clientIDs. */
function isMostly(runs: readonly Run[], clients: ReadonlySet<number>): boolean {
  let [theirs, all] = [0, 0];
  for (const { text, client } of runs) {
    const signs = text.replaceAll(/\s/g, '').length;
    all += signs;
    if (client !== undefined && clients.has(client)) theirs += signs;
  }
  return theirs > 0 && 2 * theirs >= all;
}

function clientsIn(parts: readonly Part[]): ReadonlySet<number> {
  return new Set(
    runsOfParts(parts)
      .flat()
      .flatMap(({ client }) => client ?? [])
  );
}
