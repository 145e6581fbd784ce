import type { CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId, PageId, SpaceId } from '#lib/domain/ids.ts';
import { readVersions } from '#lib/protocol/page-history.ts';
import { pageTree, type Part } from '#lib/yjs/page-tree.ts';
import { textOf } from '#lib/sync/working-page.ts';
import { asked, done, failed, type Result } from '../device/result.ts';
import type { Tab } from '../device/tab.ts';

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

function pathOf(space: SpaceId, page: PageId): string {
  return `/api/spaces/${space}/pages/${page}/versions`;
}
