import type { CalendarDate } from './dates.ts';
import type { Actor } from './effective-role.ts';
import type { AccountId, PageId } from './ids.ts';
import { grantsOf, pageIn, pageTarget } from './pages.ts';
import { can } from './permissions.ts';
import type { Page } from './records.ts';
import { isRefusal, refuse, type Refusal } from './refusals.ts';
import type { Role } from './roles.ts';
import { isArchived, type SpaceState } from './state.ts';

/** Who writes, as far as it counts for that. */
export type PageActor = Pick<Actor, 'account' | 'role' | 'capped'>;

/**
 * PA8, PA10: whether somebody may write in a page on this day, or why not; what the gate asks of every edit, and what
 * greys an editor.
 */
export function mayWrite(
  state: SpaceState,
  id: PageId,
  { account, role, capped }: PageActor,
  on: CalendarDate
): true | Refusal {
  if (isArchived(state)) return refuse('space-archived');
  const page = pageIn(state, id);
  if (!page) return refuse('page-unknown');
  const may = mayWriteAs(state, page, account, role, on);
  // RO7: what the membership's role would allow is refused with the reason why it does not count here.
  if (isRefusal(may) && capped && mayWriteAs(state, page, account, capped.from, on) === true)
    return refuse(capped.by);
  return may;
}

/**
 * PA11: the same at this moment: a grant lets nobody go on typing when its time has come.
 *
 * @param now milliseconds since 1970
 */
export function mayTypeNow(
  state: SpaceState,
  id: PageId,
  actor: PageActor,
  { on, now }: { readonly on: CalendarDate; readonly now: number }
): true | Refusal {
  const may = mayWrite(state, id, actor, on);
  const page = pageIn(state, id);
  if (may !== true || !page) return may;
  const { account, role } = actor;
  const withoutGrants = { ...page, editors: [] };
  if (can(role, 'edit-page', pageTarget(state, withoutGrants, account, on)) === true) return true;
  const lasts = grantsOf(state, page, account).some(({ until }) => until === undefined || now < until);
  return lasts ? true : refuse('permission-over');
}

/** PA10: why somebody does nothing with a page that is frozen: whoever may give it to others goes on. */
export function frozenFor(
  state: SpaceState,
  page: Page,
  actor: AccountId,
  role: Role,
  on: CalendarDate
): Refusal | undefined {
  if (!isFrozen(state, page)) return undefined;
  const free = can(role, 'give-page-permission', pageTarget(state, page, actor, on)) === true;
  return free ? undefined : refuse('page-frozen');
}

/** PA10: the page is frozen, or all pages here are. */
export function isFrozen({ members }: SpaceState, { frozen }: Pick<Page, 'frozen'>): boolean {
  return frozen !== undefined || members.meta.get('space')?.frozen !== undefined;
}

function mayWriteAs(
  state: SpaceState,
  page: Page,
  account: AccountId,
  role: Role,
  on: CalendarDate
): true | Refusal {
  const allowed = can(role, 'edit-page', pageTarget(state, page, account, on));
  if (isRefusal(allowed)) return allowed;
  if (page.trashed) return refuse('page-trashed');
  return frozenFor(state, page, account, role, on) ?? true;
}
