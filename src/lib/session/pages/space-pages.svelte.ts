import type { PageId, SpaceId } from '#lib/domain/ids.ts';
import { daysBetween, plusDays } from '#lib/domain/dates.ts';
import { orderAt, pagesInOrder, top, type ShownPage } from '#lib/domain/page-order.ts';
import { pageIn, pagesIn, pageTarget, trashDays } from '#lib/domain/pages.ts';
import { can, type Action } from '#lib/domain/permissions.ts';
import type { Grantee } from '#lib/domain/records.ts';
import { refuse, type Refusal } from '#lib/domain/refusals.ts';
import { isStaff } from '#lib/domain/roles.ts';
import type { SpaceState } from '#lib/domain/state.ts';
import type { Part } from '#lib/yjs/page-tree.ts';
import { done, type Result } from '../device/result.ts';
import type { Bench } from '../work/bench.ts';
import { judge, roleIn } from '../work/may.ts';
import { submitAll } from '../work/submit-all.ts';
import type { Wish } from '../work/wish.ts';
import { ownEyes, pupilEyes, type Eyes, type Pupil } from './page-eyes.ts';
import type { GrantRow, TrashedRow } from './page-rows.ts';
import { PagesSeen, type Sight } from './pages-seen.svelte.ts';

/** A page that somebody wants to make. */
export interface WishedPage {
  readonly title: string;
  readonly parent: PageId | undefined;
  readonly draft: boolean;
  /** ON1: how it reads when it begins; empty without. */
  readonly parts?: readonly Part[] | undefined;
}

/** The pages of a TwinSpace as the signed-in person sees them, and what can be done with them. */
export class SpacePages {
  readonly #work: Bench;
  readonly #space: SpaceId;

  constructor(work: Bench, space: SpaceId) {
    this.#work = work;
    this.#space = space;
  }

  readonly #waiting: ReadonlyMap<PageId, number> = $derived.by(() => {
    const waiting = new Map<PageId, number>();
    for (const { row } of this.#work.view.edits)
      if (row.page && row.state.is !== 'accepted') waiting.set(row.page, (waiting.get(row.page) ?? 0) + 1);
    return waiting;
  });
  #pupil = $state.raw<Pupil>();

  /** Through the eyes of whoever is signed in. */
  readonly own = new PagesSeen(() => this.#through(ownEyes(this.#work, this.#space)));

  /** PV9: through those of a pupil, while somebody looks so. */
  readonly asPupil: PagesSeen | undefined = $derived.by(() => {
    const pupil = this.#pupil;
    return pupil && new PagesSeen(() => this.#through(pupilEyes(this.state, pupil)));
  });

  /** PV9: whose eyes those are. */
  get pupil(): Pupil | undefined {
    return this.#pupil;
  }

  /** As they are shown now. */
  get seen(): PagesSeen {
    return this.asPupil ?? this.own;
  }

  /** PV9: shows the pages as a pupil sees them, to staff; who acts stays who it is. Without one: as oneself again. */
  seeAs(pupil: Pupil | undefined): void {
    this.#pupil = pupil && isStaff(roleIn(this.#work, this.#space)) ? pupil : undefined;
  }

  get trash(): readonly TrashedRow[] {
    const { state } = this;
    const { today } = this.#work;
    const all = [...pagesIn(state)];
    return all
      .flatMap(([id, { title, trashed }]): TrashedRow[] => {
        if (!trashed || trashed.with !== id) return [];
        const daysLeft = daysBetween(today, plusDays(trashed.on, trashDays));
        if (daysLeft < 0) return [];
        const under = all.filter(([other, page]) => other !== id && page.trashed?.with === id).length;
        const by = this.#work.nameOf(this.#space, trashed.by);
        const mayRestore = this.#may('page.restore', { page: id });
        return [{ id, title, by, on: trashed.on, under, daysLeft, mayRestore }];
      })
      .sort((one, other) => other.on.localeCompare(one.on));
  }

  get state(): SpaceState {
    return this.#work.stateOf(this.#space);
  }

  /** PE22: whether this person may make one there; without a page: at the top. */
  mayMake(parent?: PageId): true | Refusal {
    return this.#can('create-page', parent);
  }

  /** PE24: whether this person may say who writes in it and who sees it. */
  mayGive(id: PageId): true | Refusal {
    return this.#can('give-page-permission', id);
  }

  mayRename(id: PageId): true | Refusal {
    return this.#may('page.rename', { page: id, title: pageIn(this.state, id)?.title ?? '' });
  }

  mayTrash(id: PageId): true | Refusal {
    return this.#may('page.trash', { page: id });
  }

  /** PA13 */
  mayForget(id: PageId): true | Refusal {
    return this.#may('page.forget-history', { page: id });
  }

  mayFreeze(id: PageId): true | Refusal {
    return this.#may('page.freeze', { page: id, frozen: true });
  }

  mayMove(id: PageId): true | Refusal {
    const { parent, order = 'a' } = pageIn(this.state, id) ?? {};
    return this.#may('page.move', { page: id, order, ...(parent ? { parent } : {}) });
  }

  mayBeHome(id: PageId): true | Refusal {
    return this.#may('page.home', { page: id, home: true });
  }

  grants(id: PageId): readonly GrantRow[] {
    return (pageIn(this.state, id)?.editors ?? []).map(({ to, until, by }) => ({
      to,
      ...(until === undefined ? {} : { until }),
      by: this.#work.nameOf(this.#space, by)
    }));
  }

  /** PA1: behind those that stand there already. */
  async make({ title, parent, draft, parts }: WishedPage): Promise<Result<PageId>> {
    // What writes texts is loaded where one is to be written.
    const text = parts && (await import('./text-of-parts.ts')).textOfParts(parts);
    const page = crypto.randomUUID() as PageId;
    const order = this.#orderAt(parent, Infinity);
    const args = { page, title, order, draft, ...(parent === undefined ? {} : { parent }) };
    const answer = await this.#do({ name: 'page.create', args, text });
    return answer.ok ? done(page) : answer;
  }

  rename(page: PageId, title: string): Promise<Result<void>> {
    return this.#do({ name: 'page.rename', args: { page, title } });
  }

  show(page: PageId, shown: boolean): Promise<Result<void>> {
    return this.#do({ name: 'page.show', args: { page, shown } });
  }

  /** @param until milliseconds since 1970; undefined: until it is taken back */
  permit(page: PageId, to: readonly Grantee[], until?: number): Promise<Result<void>> {
    const time = until === undefined ? {} : { until };
    return this.#all(to.map((one) => ({ name: 'page.permit', args: { page, to: one, ...time } })));
  }

  withdraw(page: PageId, to: Grantee): Promise<Result<void>> {
    return this.#do({ name: 'page.withdraw', args: { page, to } });
  }

  trashPage(page: PageId): Promise<Result<void>> {
    return this.#do({ name: 'page.trash', args: { page } });
  }

  restore(page: PageId): Promise<Result<void>> {
    return this.#do({ name: 'page.restore', args: { page } });
  }

  /** PA13: no version of it is left, nor anything that was deleted from it. */
  forgetHistory(page: PageId): Promise<Result<void>> {
    return this.#do({ name: 'page.forget-history', args: { page } });
  }

  freeze(page: PageId, frozen: boolean): Promise<Result<void>> {
    return this.#do({ name: 'page.freeze', args: { page, frozen } });
  }

  freezeAll(frozen: boolean): Promise<Result<void>> {
    return this.#do({ name: 'page.freeze-all', args: { frozen } });
  }

  setHome(page: PageId, home: boolean): Promise<Result<void>> {
    return this.#do({ name: 'page.home', args: { page, home } });
  }

  /** PA9: one further up or down among those beside it. */
  step(page: PageId, by: 1 | -1): Promise<Result<void>> {
    const { parent } = pageIn(this.state, page) ?? {};
    const at = this.#beside(parent).findIndex(({ id }) => id === page);
    return this.#moveTo(page, parent, at + by);
  }

  /** PA9: under another page, or to the top, behind those that stand there. */
  moveInside(page: PageId, parent: PageId | undefined): Promise<Result<void>> {
    return this.#moveTo(page, parent, Infinity);
  }

  /** PA9: right before another one of those under this page, or at the top; without one: behind them. */
  moveBefore(page: PageId, parent: PageId | undefined, before: PageId | undefined): Promise<Result<void>> {
    const beside = this.#beside(parent).filter(({ id }) => id !== page);
    const place = before === undefined ? -1 : beside.findIndex(({ id }) => id === before);
    return this.#moveTo(page, parent, place < 0 ? Infinity : place);
  }

  #moveTo(page: PageId, parent: PageId | undefined, place: number): Promise<Result<void>> {
    const order = this.#orderAt(parent, place, page);
    const args = { page, order, ...(parent === undefined ? {} : { parent }) };
    return this.#do({ name: 'page.move', args });
  }

  #beside(parent: PageId | undefined): readonly ShownPage[] {
    return pagesInOrder(this.state).get(parent ?? top) ?? [];
  }

  /** The order key for a place among those under this page. */
  #orderAt(parent: PageId | undefined, place: number, without?: PageId): string {
    const orders = this.#beside(parent).flatMap(({ id, page }) => (id === without ? [] : [page.order]));
    return orderAt(orders, Math.min(Math.max(place, 0), orders.length));
  }

  /** @param id the page; without one: where no page is above */
  #can(action: Action, id?: PageId): true | Refusal {
    const page = id === undefined ? undefined : pageIn(this.state, id);
    if (id !== undefined && !page) return refuse('page-unknown');
    const { me, today } = this.#work;
    const target = page && pageTarget(this.state, page, me.account, today);
    const allowed = can(roleIn(this.#work, this.#space), action, target);
    if (allowed !== true) return allowed;
    return this.state.members.meta.get('space')?.archived ? refuse('space-archived') : true;
  }

  #through(eyes: Eyes): Sight {
    return { eyes, today: this.#work.today, waiting: this.#waiting };
  }

  #may(...[name, args]: NamedArgs): true | Refusal {
    return judge(this.#work, this.#space, name, args);
  }

  #do(wish: Wish): Promise<Result<void>> {
    return this.#all([wish]);
  }

  #all(wishes: readonly Wish[]): Promise<Result<void>> {
    return submitAll(this.#work, this.#space, wishes);
  }
}

/** A command of pages with its arguments. */
type NamedArgs = {
  [Name in Wish['name']]: [name: Name, args: Extract<Wish, { name: Name }>['args']];
}[Wish['name']];
