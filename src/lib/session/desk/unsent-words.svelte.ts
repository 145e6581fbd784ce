import { GrowingPause } from '#lib/store/growing-pause.ts';
import { LiveQuery } from '#lib/store/live-query.svelte.ts';
import { exceptStorage } from '#lib/store/storage-failure.ts';
import type { UnsentPlace, UnsentRow } from '#lib/store/unsent-row.ts';
import { keepUnsent, sweepUnsent } from '#lib/store/unsent.ts';
import type { Bench } from '../work/bench.ts';

/** CO11: words that somebody has begun; empty: none. */
export type Begun = Pick<UnsentRow, 'text' | 'about'>;

/** CO11: one place where words are begun, for the field in which they stand. */
export interface BegunPlace {
  readonly text: string;
  readonly about: Begun['about'] | undefined;
  /** As they stand now; empty: they were sent or given up. */
  keep(text: string, about?: Begun['about'] | undefined): void;
}

/** CO11: what the signed-in person has begun to say on this device and has not sent. It is stored as it is typed. */
export class UnsentWords {
  readonly #work: Bench;
  readonly #rows: LiveQuery<UnsentRow[]>;
  /** What was typed in this tab, by place. */
  readonly #typed = new Map<UnsentPlace, Begun>();
  /** Of these the last is not stored yet. */
  readonly #dirty = new Set<UnsentPlace>();
  #storing: Promise<void> | undefined;
  readonly #pause = new GrowingPause();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;
  readonly #unregister: () => void;

  constructor(work: Bench) {
    this.#work = work;
    const { db } = work.app;
    const { account } = work.session;
    this.#rows = new LiveQuery(() => db.unsent.where('account').equals(account).toArray(), []);
    this.#unregister = work.app.beforeEnd(() => this.flush());
    void sweepUnsent(db, work.today).catch(exceptStorage);
  }

  /** Resolves when what was begun before is in view. */
  get first(): Promise<unknown> {
    return this.#rows.first;
  }

  of(place: UnsentPlace): BegunPlace {
    const begun = (): Begun => this.#begun(place);
    return {
      get text() {
        return begun().text;
      },
      get about() {
        return begun().about;
      },
      keep: (text, about) => this.#keep(place, { text, ...(about ? { about } : {}) })
    };
  }

  /**
   * Resolves when all that was typed is stored, or could not be. Whoever types faster than the device writes has the
   * last of it written.
   */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#storing ??= Promise.resolve()
      .then(() => this.#store())
      .catch((error: unknown) => this.#failed(error))
      .finally(() => {
        this.#storing = undefined;
        // Typed at the very end of it.
        if (this.#dirty.size > 0 && this.#timer === undefined && !this.#closed) void this.flush();
      });
    return this.#storing;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#unregister();
    this.#rows.close();
  }

  #begun(place: UnsentPlace): Begun {
    const typed = this.#typed.get(place);
    return typed ?? this.#rows.current.find((row) => row.place === place) ?? { text: '' };
  }

  #keep(place: UnsentPlace, begun: Begun): void {
    this.#typed.set(place, begun);
    this.#dirty.add(place);
    void this.flush();
  }

  async #store(): Promise<void> {
    const { app, me, today } = this.#work;
    for (let [place] = this.#dirty; place !== undefined; [place] = this.#dirty) {
      const begun = this.#typed.get(place) ?? { text: '' };
      const row = { account: me.account, place, on: today, ...begun };
      await app.care.kept(() => keepUnsent(app.db, row));
      if (this.#typed.get(place) === begun) this.#dirty.delete(place);
    }
    this.#pause.reset();
  }

  /** NW9: tried again, whether somebody goes on typing or not. */
  #failed(error: unknown): void {
    exceptStorage(error);
    if (!this.#closed) this.#timer = setTimeout(() => void this.flush(), this.#pause.next());
  }
}
