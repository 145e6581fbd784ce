import { dayOf, plusDays, type CalendarDate } from './dates.ts';
import type { About } from './facts.ts';
import type { AccountId, GroupId, PageId } from './ids.ts';
import { isDisplay } from './names.ts';
import type { Target } from './permissions.ts';
import { withPuts, type Put } from './puts.ts';
import { saidIn, saidMoved, type Said } from './said.ts';
import type { Grant, Grantee, Page } from './records.ts';
import { isStaff } from './roles.ts';
import { activeMember, type SpaceState } from './state.ts';

/** PA1: so many pages a TwinSpace has at most, those in the trash among them. */
export const mostPages = 2_000;
/** PA1: so deep pages stand under each other; the first stands at the top. */
export const mostDepth = 8;
/** PA5: so many times a page is given. */
export const mostGrants = 200;
/** PA11: so many days after a grant has ended by its time what was made before is taken. */
export const lateDays = 30;
/** PA11: so many days ahead a grant ends at most. */
export const longestGrant = 366;
/** PA7: so many days a page can be brought back. */
export const trashDays = 30;

/** What every command says of itself that is about one page that is there. */
export const aboutPage = {
  since: 4,
  about: ({ page }: { readonly page: PageId }): About => ({ is: 'page', id: page }),
  makes: 'nothing',
  pages: ({ page }: { readonly page: PageId }) => [page]
} as const;

/** The page, wherever its record stands, in the trash too. */
export function pageIn({ members, staff }: SpaceState, id: PageId): Page | undefined {
  return members.pages.get(id) ?? staff.pages.get(id);
}

/** All pages, those in the trash among them, in no order. */
export function pagesIn({
  members,
  staff
}: Pick<SpaceState, 'members' | 'staff'>): ReadonlyMap<PageId, Page> {
  return new Map([...staff.pages, ...members.pages].map(([id, page]) => [id as PageId, page]));
}

/** PA1: what a page may be called. */
export function isTitle(text: string): boolean {
  return isDisplay(text);
}

/** PA2: where a page stands among those beside it: letters and digits, compared as they are. */
export function isOrder(text: string): boolean {
  return /^[0-9A-Za-z]{1,64}$/.test(text);
}

/**
 * How many pages stand over a new one under this parent, those in the trash among them, for they may come back;
 * undefined where the parent itself is not there, or in the trash.
 */
export function depthUnder(state: SpaceState, parent: PageId | undefined): number | undefined {
  let depth = 0;
  for (let id = parent; id !== undefined; depth++) {
    const page = pageIn(state, id);
    if (depth === 0 && (!page || page.trashed)) return undefined;
    if (!page || depth > mostDepth) return depth;
    id = page.parent;
  }
  return depth;
}

/** PA12: the page with which the TwinSpace begins, where there is one that is known here and not in the trash. */
export function homePage(state: SpaceState): PageId | undefined {
  const home = state.members.meta.get('space')?.home;
  const page = home && pageIn(state, home);
  return page && !page.trashed ? home : undefined;
}

/** PA1: how many pages stand under each other from this one down, itself included. */
export function levelsFrom(state: SpaceState, top: PageId): number {
  const depths = new Map([[top, 1]]);
  for (const id of withThoseUnder(state, top)) {
    const parent = pageIn(state, id)?.parent;
    const above = parent === undefined ? undefined : depths.get(parent);
    if (above !== undefined && id !== top) depths.set(id, above + 1);
  }
  return Math.max(...depths.values());
}

/** The page and all that stand under it, it first; each after the one above it. */
export function withThoseUnder(state: SpaceState, top: PageId): readonly PageId[] {
  const under = new Map<PageId, PageId[]>();
  for (const [id, { parent }] of pagesIn(state)) {
    if (parent !== undefined) under.set(parent, [...(under.get(parent) ?? []), id]);
  }
  const found = [top];
  for (const id of found) found.push(...(under.get(id) ?? []));
  return found;
}

/**
 * PA4: whether the record is for everybody's devices: the page is shown, or a pupil may write it; not in the trash. Else
 * only the staff's have it, the title included.
 */
export function isOpen(state: SpaceState, { draft, editors, trashed }: Page): boolean {
  return !trashed && (!draft || editors.some(({ to }) => reachesPupils(state, to)));
}

/**
 * PA4: the record of a page where it belongs, and nowhere else; what is told of its text (PG8) and said of it (CO3) goes
 * with it.
 *
 * @param said for whoever puts many pages: then what was said of all is read once
 */
export function putPage(
  state: SpaceState,
  key: PageId,
  page: Page,
  said: Said = saidIn(state)
): readonly Put[] {
  const open = isOpen(state, page);
  const puts: Put[] = [];
  if (open || state.members.pages.has(key))
    puts.push({ doc: 'members', map: 'pages', key, value: open ? page : null });
  if (!open || state.staff.pages.has(key))
    puts.push({ doc: 'staff', map: 'pages', key, value: open ? null : page });
  const [from, to] = open ? (['staff', 'members'] as const) : (['members', 'staff'] as const);
  const moved = state[from].moved.get(key);
  if (moved !== undefined) {
    puts.push({ doc: from, map: 'moved', key, value: null });
    puts.push({ doc: to, map: 'moved', key, value: moved });
  }
  if (state[from].pages.has(key)) puts.push(...saidMoved(state, key, open, said));
  return puts;
}

/** PG8: what is told of a page's text, where its record stands; nothing where there is no such page. */
export function putMoved(
  { members, staff }: SpaceState,
  key: PageId,
  progress: number
): readonly Exclude<Put, { doc: 'directory' }>[] {
  const doc = members.pages.has(key) ? 'members' : staff.pages.has(key) ? 'staff' : undefined;
  return doc ? [{ doc, map: 'moved', key, value: progress }] : [];
}

/** PG8: how far the text of a page has come, as last told; 0 where nothing was. */
export function movedTo({ members, staff }: SpaceState, page: PageId): number {
  return members.moved.get(page) ?? staff.moved.get(page) ?? 0;
}

/** PA5: by which grants a member may write the page: whether and until when, is another matter (PA11). */
export function grantsOf(
  state: SpaceState,
  { editors }: Pick<Page, 'editors'>,
  account: AccountId
): readonly Grant[] {
  const member = activeMember(state, account);
  if (!member) return [];
  return editors.filter(({ to }) => {
    switch (to.is) {
      case 'member':
        return to.account === account;
      case 'group':
        return member.groups?.includes(to.group) === true;
      case 'pupils':
        return !isStaff(member.role);
      case 'pupil-admins':
        return member.role === 'pupil-admin';
    }
  });
}

/** PA5: whether a member may read the page, a draft too, because somebody gave it to them. */
export function isPermitted(state: SpaceState, page: Pick<Page, 'editors'>, account: AccountId): boolean {
  return grantsOf(state, page, account).length > 0;
}

/** PA4: where records belong that belong elsewhere once these puts give members another role or standing. */
export function pagesMovedBy(puts: readonly Put[], before: SpaceState): readonly Put[] {
  const here = puts.flatMap((put) =>
    put.doc === 'members' && put.map === 'members' ? [{ ...put, space: put.space ?? before.id }] : []
  );
  if (here.length === 0) return [];
  const state = withPuts(before, here);
  const members = new Set(here.map(({ key }) => key));
  const said = saidIn(state);
  return [...pagesIn(state)].flatMap(([id, page]) => {
    const concerned = page.editors.some(({ to }) => to.is === 'member' && members.has(to.account));
    const moves = concerned && isOpen(state, page) !== state.members.pages.has(id);
    return moves ? putPage(state, id, page, said) : [];
  });
}

/**
 * What a permission may depend on when somebody does something to this page. PA11: what was made under a grant that has
 * ended by its time counts for thirty days more.
 */
export function pageTarget(state: SpaceState, page: Page, actor: AccountId, on: CalendarDate): Target {
  const permitted = grantsOf(state, page, actor).some(
    ({ until }) => until === undefined || on <= plusDays(dayOf(until), lateDays)
  );
  return { mine: page.owner === actor, permitted };
}

/** Whether both mean the same people. */
export function sameGrantee(one: Grantee, other: Grantee): boolean {
  if (one.is === 'member') return other.is === 'member' && one.account === other.account;
  if (one.is === 'group') return other.is === 'group' && one.group === other.group;
  return one.is === other.is;
}

/** The group that is meant, if one is. */
export function groupsOf(to: Grantee): readonly GroupId[] {
  return to.is === 'group' ? [to.group] : [];
}

/** PA5: the page given to nobody twice. */
export function withGrant(page: Page, grant: Grant): Page {
  return { ...page, editors: [...page.editors.filter(({ to }) => !sameGrantee(to, grant.to)), grant] };
}

/** Whether somebody who is no adult here is meant; a class or a team is taken to have pupils. */
function reachesPupils(state: SpaceState, to: Grantee): boolean {
  if (to.is !== 'member') return true;
  const member = activeMember(state, to.account);
  return member !== undefined && !isStaff(member.role);
}

/** The document in which the text of a page stands. */
export type PageDocument = `page/${string}`;

/** A page keeps its one generation for ever: text is never built anew, so its structs keep their ids. */
export const pageGeneration = 1;

/** With this the names of the documents of pages begin, and of no others. */
export const pageDocumentsBegin = 'page/';

/** The document of a page. */
export function documentOfPage(page: PageId): PageDocument {
  return `${pageDocumentsBegin}${page}`;
}

/** The page of a document; undefined for one of records. */
export function pageOfDocument(document: string): PageId | undefined {
  return document.startsWith(pageDocumentsBegin)
    ? (document.slice(pageDocumentsBegin.length) as PageId)
    : undefined;
}
