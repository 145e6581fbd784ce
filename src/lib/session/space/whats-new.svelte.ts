import type { PageId, SpaceId } from '#lib/domain/ids.ts';
import { isStaff } from '#lib/domain/roles.ts';
import type { SeenRow } from '#lib/store/seen-row.ts';
import { keepPreference } from '#lib/store/preferences.ts';
import type { PagesSeen } from '../pages/pages-seen.svelte.ts';
import type { Bench } from '../work/bench.ts';
import { roleIn } from '../work/may.ts';
import { allSeen, awaited, newsSince, pageSeen, withAwaited, type Looking, type News } from './news.ts';

/** WN1: what is new in a TwinSpace for the signed-in person, since they last looked on this device. */
export class WhatsNew {
  readonly #work: Bench;
  readonly #space: SpaceId;
  readonly #pages: () => PagesSeen;
  #seen = $state.raw<SeenRow>();
  #looked: Promise<void> | undefined;

  constructor(work: Bench, space: SpaceId, pages: () => PagesSeen) {
    this.#work = work;
    this.#space = space;
    this.#pages = pages;
  }

  /** Nothing until `look` has ended. */
  readonly news: readonly News[] = $derived.by(() =>
    this.#seen ? newsSince(this.#looking, this.#seen) : []
  );

  /** What of theirs waits for an answer, as one word that changes with it; nothing until the TwinSpace has come to this device. */
  readonly awaited: string | undefined = $derived.by(() =>
    this.#work.isConfirmed(this.#space) ? JSON.stringify(awaited(this.#looking)) : undefined
  );

  /** WN1: keeps what of theirs waits for an answer, so that the answer is new whenever it comes. */
  async keepAwaited(): Promise<void> {
    await this.look();
    if (!this.#seen || this.#work.closed) return;
    const seen = withAwaited(this.#looking, this.#seen);
    if (seen !== this.#seen) await this.#keep(seen);
  }

  /** Reads what was seen here. WN2: where nothing was yet, all is, once the TwinSpace has come to this device. */
  look(): Promise<void> {
    this.#looked ??= this.#look();
    return this.#looked;
  }

  /** WN2: this page was opened. */
  async sawPage(page: PageId): Promise<void> {
    await this.look();
    // Whoever leaves the page by signing out sees nothing of the TwinSpace any more.
    if (this.#seen && !this.#work.closed) await this.#keep(pageSeen(this.#looking, this.#seen, page));
  }

  /** WN2: the person has seen all of it. */
  async sawAll(): Promise<void> {
    await this.look();
    await this.#keep(allSeen(this.#looking));
  }

  get #looking(): Looking {
    const { session } = this.#work;
    return {
      state: this.#work.stateOf(this.#space),
      account: session.account,
      staff: isStaff(roleIn(this.#work, this.#space)),
      pages: this.#pages().rows.map(({ id }) => id)
    };
  }

  async #look(): Promise<void> {
    const { app, session } = this.#work;
    const row = await app.db.preferences.get(session.account);
    const seen = row?.seen?.[this.#space];
    if (seen) this.#seen = seen;
    else if (this.#work.isConfirmed(this.#space)) await this.#keep(allSeen(this.#looking));
    else this.#looked = undefined;
  }

  async #keep(seen: SeenRow): Promise<void> {
    const { app, session } = this.#work;
    if (this.#work.closed) return;
    this.#seen = seen;
    await keepPreference(app.db, session.account, (kept) => ({
      seen: { ...kept.seen, [this.#space]: seen }
    }));
  }
}
