import type { CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId, PageId, SpaceId } from '#lib/domain/ids.ts';
import { fromBase64Url } from '#lib/crypto/encoding.ts';
import { readSince, readVersions } from '#lib/protocol/page-history.ts';
import { pageTree, type Part } from '#lib/yjs/page-tree.ts';
import { textOf } from '#lib/sync/followed-page.ts';
import { takeBack } from '#lib/yjs/take-back.ts';
import { asked, done, failed, type Result } from '../device/result.ts';
import type { Tab } from '../device/tab.ts';
import type { Bench } from '../work/bench.ts';
import { freshClient, submitEdit } from './sign-edit.ts';

/** PG10: how a page once stood. */
export interface VersionRow {
  readonly version: number;
  /** Before this person's first edit of that day. */
  readonly on: CalendarDate;
  readonly before: AccountId;
}

/** PG10: a version, to be read and to be gone back to. */
export interface OldPage {
  readonly update: Uint8Array;
  readonly parts: readonly Part[];
}

/** PG10: the versions of a page, the newest first: for staff, from the relay. */
export function versionsOf(
  { relay }: Pick<Tab, 'relay'>,
  space: SpaceId,
  page: PageId
): Promise<Result<readonly VersionRow[]>> {
  return asked(async () => {
    const versions = readVersions(await relay.get(pathOf(space, page)));
    return versions ? done(versions) : failed('relay-failed');
  });
}

export function versionOf(
  { relay }: Pick<Tab, 'relay'>,
  space: SpaceId,
  page: PageId,
  version: number
): Promise<Result<OldPage>> {
  return asked(async () => {
    const update = await relay.get(`${pathOf(space, page)}/${version}`);
    const text = textOf([update]);
    const parts = pageTree(text);
    text.destroy();
    return done({ update, parts });
  });
}

/**
 * PG14: takes back, by one edit of the signed-in person, what the person of this version did in the page since.
 *
 * @returns whether there was anything
 */
export function undoPerson(
  work: Bench,
  space: SpaceId,
  page: PageId,
  { version, before }: VersionRow,
  { update: old }: OldPage
): Promise<Result<boolean>> {
  const { relay } = work.app;
  return asked(async () => {
    const since = readSince(await relay.get(`${pathOf(space, page)}/${version}/since`));
    // Of more than that nobody can be sure what stays.
    if (!since || since.more) return failed('relay-failed');
    const edits = since.edits.map(({ account, update }) => ({ account, update: fromBase64Url(update) }));
    const client = freshClient();
    const back = takeBack(old, edits, before, client);
    if (!back) return done(false);
    await submitEdit(work, { space, page, client, updates: [new Uint8Array(back)] });
    return done(true);
  });
}

function pathOf(space: SpaceId, page: PageId): string {
  return `/api/spaces/${space}/pages/${page}/versions`;
}
