import type { PageId, SpaceId } from '#lib/domain/ids.ts';
import { longestDisplay } from '#lib/domain/names.ts';
import { orderAt, pagesInOrder, top } from '#lib/domain/page-order.ts';
import { sameGrantee } from '#lib/domain/pages.ts';
import type { Grantee } from '#lib/domain/records.ts';
import type { SpaceState } from '#lib/domain/state.ts';
import type { Problem } from '../device/result.ts';
import type { Bench } from '../work/bench.ts';
import type { PageText } from '../work/page-text.ts';

/** Whom a page is made for: a member, or a class or team; and how they are called (MM11). */
export interface Recipient {
  readonly to: Grantee;
  readonly name: string;
}

/** Pages that somebody wants to make, one for each of many. */
export interface WishedPages {
  /** What stands before the name in each title. */
  readonly title: string;
  readonly parent: PageId | undefined;
  readonly draft: boolean;
  /** Until when each is given; milliseconds since 1970; undefined: until it is taken back (PA11). */
  readonly until: number | undefined;
  /** With what each begins. */
  readonly text: PageText | undefined;
}

/** A page for one of them. */
interface Planned {
  readonly to: Grantee;
  readonly name: string;
  readonly title: string;
}

/** ON6: what is to be made, and who has one there already. */
export interface PagesPlan {
  readonly make: readonly Planned[];
  readonly has: readonly Planned[];
}

/** What came of it. */
export interface PagesMade {
  readonly made: readonly PageId[];
  readonly failed: readonly { readonly name: string; readonly problem: Problem }[];
  /** ON7: puts all that was made into the trash; how many that were. */
  readonly undo: () => Promise<number>;
}

/** How long it goes on: told after each part; stopped between two parts. */
interface Going {
  readonly onprogress?: (count: number) => void;
  readonly signal?: AbortSignal;
}

/** Stands between the title and the name. */
const between = ' · ';
/** So many are stored at once: little enough to show that it goes on, and to be stopped. */
const part = 10;
/** So many go into the trash at once. */
const trashPart = 100;

/** ON5: the title of one of them: the name stands in it whole, for as long as a title may be. */
export function titleFor(title: string, name: string): string {
  const behind = [...`${between}${name}`];
  const all = [...title];
  const room = longestDisplay - behind.length;
  const before = all.length <= room ? all : [...all.slice(0, Math.max(0, room - 1)), '…'];
  return [...before, ...behind].slice(0, longestDisplay).join('').trim();
}

/**
 * ON6: what is to be made, in the order in which they are given. Who has one of this title there has one, also where
 * another name stands behind the title by now.
 */
export function planPages(
  state: Pick<SpaceState, 'members' | 'staff'>,
  { title, parent }: Pick<WishedPages, 'title' | 'parent'>,
  recipients: readonly Recipient[]
): PagesPlan {
  const beside = pagesInOrder(state).get(parent ?? top) ?? [];
  const begins = `${title}${between}`;
  const has: Planned[] = [];
  const make: Planned[] = [];
  for (const { to, name } of recipients) {
    const one = { to, name, title: titleFor(title, name) };
    const there = beside.some(({ page: { title: other, editors } }) => {
      const theirs = editors.some((grant) => sameGrantee(grant.to, to));
      return theirs
        ? other === one.title || (other.startsWith(begins) && !other.slice(begins.length).includes(between))
        : other === one.title && editors.length === 0;
    });
    (there ? has : make).push(one);
  }
  return { make, has };
}

/**
 * ON5–ON7: makes a page for each of these who has none yet, part by part, each part kept as a whole on this device: a
 * page with its text and with whoever may write in it. One that may not be made stops no other.
 */
export async function makePages(
  work: Bench,
  space: SpaceId,
  wished: WishedPages,
  recipients: readonly Recipient[],
  { onprogress, signal }: Going = {}
): Promise<PagesMade> {
  const { make } = planPages(work.stateOf(space), wished, recipients);
  const beside = pagesInOrder(work.stateOf(space)).get(wished.parent ?? top) ?? [];
  const orders = beside.map(({ page }) => page.order);
  const made: PageId[] = [];
  const failed: PagesMade['failed'][number][] = [];
  for (let from = 0; from < make.length; from += part) {
    if (signal?.aborted || work.closed) break;
    const some = make.slice(from, from + part).map((one) => {
      const order = orderAt(orders, orders.length);
      orders.push(order);
      return { ...one, page: crypto.randomUUID() as PageId, order };
    });
    const answers = await work.submitMany(
      space,
      some.flatMap((one) => wishesFor(wished, one))
    );
    const half: PageId[] = [];
    for (const [at, { page, name }] of some.entries()) {
      const [create, permit] = answers.slice(2 * at, 2 * at + 2);
      if (create?.ok && permit?.ok) made.push(page);
      else if (create?.ok) half.push(page);
      const no = create?.ok === false ? create : permit;
      if (no?.ok === false) failed.push({ name, problem: no.problem });
    }
    // What nobody may write in is of no use.
    await trash(work, space, half);
    work.stillAtWork();
    onprogress?.(Math.min(from + part, make.length));
    if (failed.some(({ problem }) => problem.is === 'failure')) break;
  }
  return { made, failed, undo: () => trash(work, space, made) };
}

function wishesFor(
  { parent, draft, until, text }: WishedPages,
  one: Planned & { readonly page: PageId; readonly order: string }
) {
  const { page, title, order, to } = one;
  const args = { page, title, order, draft, ...(parent === undefined ? {} : { parent }) };
  const given = { page, to, ...(until === undefined ? {} : { until }) };
  return [
    { name: 'page.create', args, text },
    { name: 'page.permit', args: given }
  ] as const;
}

/** How many went into the trash. */
async function trash(work: Bench, space: SpaceId, pages: readonly PageId[]): Promise<number> {
  let count = 0;
  for (let from = 0; from < pages.length; from += trashPart) {
    const some = pages.slice(from, from + trashPart);
    const answers = await work.submitMany(
      space,
      some.map((page) => ({ name: 'page.trash', args: { page } }) as const)
    );
    count += answers.filter(({ ok }) => ok).length;
  }
  return count;
}
