import type { SpaceId } from '#lib/domain/ids.ts';
import type { DraftPlace } from '#lib/domain/records.ts';
import type { DraftRow } from '#lib/store/database.ts';
import { draftName, keepDraft, unparkedDrafts } from '#lib/store/drafts.ts';
import { GrowingPause } from '#lib/store/growing-pause.ts';
import { LiveQuery } from '#lib/store/live-query.svelte.ts';
import { problemOf, type Problem } from '../device/result.ts';
import type { Bench } from '../work/bench.ts';

/** Milliseconds after which what was typed is stored at the latest. */
const pause = 250;

/** One text that somebody has begun, at one place. */
export class Draft {
  readonly #drafts: Drafts;
  readonly #space: SpaceId;
  readonly #place: DraftPlace;
  /** What is not stored yet. */
  #typed: string | undefined = $state();
  #problem: Problem | undefined = $state.raw();
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #pause = new GrowingPause();
  #storing: Promise<void> = Promise.resolve();

  constructor(drafts: Drafts, space: SpaceId, place: DraftPlace) {
    this.#drafts = drafts;
    this.#space = space;
    this.#place = place;
  }

  /** As it stands; empty: there is none. */
  get text(): string {
    return this.#typed ?? this.#drafts.stored(this.#space, this.#place)?.text ?? '';
  }

  /** All of it is stored on this device. */
  get saved(): boolean {
    return this.#typed === undefined;
  }

  /** Why the last of it could not be stored. */
  get problem(): Problem | undefined {
    return this.#problem;
  }

  /** LK4: at every keystroke: shown at once, stored a moment later. */
  keep(text: string): void {
    this.#typed = text;
    this.#timer ??= setTimeout(() => void this.flush(), pause);
  }

  /** Stores what is not stored yet. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const mine = this.#storing.then(() => this.#store());
    this.#storing = mine.catch(() => undefined);
    return mine;
  }

  /** It was handed in, or thrown away; what the relay has of it is taken away too. */
  async drop(): Promise<void> {
    this.#typed = '';
    await this.flush();
    await this.#drafts.park(this.#space, this.#place);
  }

  async #store(): Promise<void> {
    const text = this.#typed;
    if (text === undefined) return;
    try {
      await this.#drafts.store(this.#space, this.#place, text);
      this.#problem = undefined;
      this.#pause.reset();
      if (this.#typed === text) this.#typed = undefined;
    } catch (error) {
      // NW9: tried again, whether somebody goes on typing or not.
      this.#timer ??= setTimeout(() => void this.flush(), this.#pause.next());
      const answer = problemOf(error);
      if (!answer.ok) this.#problem = answer.problem;
    }
  }
}

/**
 * LK4: what the signed-in person has begun on this device. It is stored here as it is typed, and handed to the relay
 * when the session ends, signed by its author while the key is still there.
 */
export class Drafts {
  readonly #work: Bench;
  readonly #rows: LiveQuery<DraftRow[]>;
  readonly #open = new Map<string, Draft>();
  readonly #unregister: () => void;

  constructor(work: Bench) {
    this.#work = work;
    const { account } = work.session;
    this.#rows = new LiveQuery(() => work.app.db.drafts.where('account').equals(account).toArray(), []);
    this.#unregister = work.app.beforeEnd(() => this.#parkAll());
  }

  /** Resolves when what was begun before is in view. */
  get first(): Promise<unknown> {
    return this.#rows.first;
  }

  /** The draft at this place, always the same one. */
  of(space: SpaceId, place: DraftPlace): Draft {
    const name = draftName({ account: this.#work.session.account, space, place });
    const known = this.#open.get(name);
    if (known) return known;
    const made = new Draft(this, space, place);
    this.#open.set(name, made);
    return made;
  }

  stored(space: SpaceId, place: DraftPlace): DraftRow | undefined {
    return this.#rows.current.find((row) => row.space === space && row.place === place);
  }

  /** The draft at this place as it is once it has been handed in: all that was typed is stored, and it is empty. */
  async ended(space: SpaceId, place: DraftPlace): Promise<DraftRow | undefined> {
    await this.of(space, place).flush();
    const row = this.stored(space, place);
    return row && { ...row, text: '' };
  }

  async store(space: SpaceId, place: DraftPlace, text: string): Promise<void> {
    const { app, session, today } = this.#work;
    await app.care.kept(() => keepDraft(app.db, [session.account, space, place], text, today));
    await this.#rows.refresh();
  }

  /** Signs what the relay does not have yet, of one place or of all: it goes with whatever else waits. */
  async park(space?: SpaceId, place?: DraftPlace): Promise<void> {
    const { app, session } = this.#work;
    for (const row of await unparkedDrafts(app.db, session.account)) {
      if ((space && row.space !== space) || (place && row.place !== place)) continue;
      const args = { place: row.place, text: row.text };
      const draft = { ...row, parked: row.text };
      // What the rules refuse stays here as it is, for the next time.
      await this.#work.submitMany(row.space, [{ name: 'draft.keep', args, draft }]);
    }
    await this.#rows.refresh();
  }

  close(): void {
    this.#unregister();
    this.#rows.close();
  }

  /** LK4: all that was typed is stored, or it is known why it could not be. */
  async flush(): Promise<void> {
    await Promise.all([...this.#open.values()].map((draft) => draft.flush()));
  }

  async #parkAll(): Promise<void> {
    await this.flush();
    await this.park();
  }
}
