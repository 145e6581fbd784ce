import type { AccountId } from '#lib/domain/ids.ts';
import { refuse } from '#lib/domain/refusals.ts';
import type { LessonRow } from '#lib/store/door-rows.ts';
import { LiveQuery } from '#lib/store/live-query.svelte.ts';
import { onWake } from '#lib/store/on-wake.ts';
import type { CountingTab } from './attempts.svelte.ts';
import { isOpen } from './lesson-open.ts';
import { done, refused, type Result } from '../device/result.ts';

/** LK3: minutes for which a class can be opened. */
export const lessonRange = { shortest: 1, longest: 480 } as const;

/** A class that is open at the door. */
export interface OpenLesson {
  readonly by: AccountId;
  readonly display: string;
  /** Milliseconds since 1970, by this device's clock. */
  readonly until: number;
}

/** A pupil as the door shows one while the class is open. */
export interface PupilHere {
  readonly account: AccountId;
  readonly display: string;
  readonly username: string;
  readonly pictures: boolean;
  readonly held?: 'slow' | 'locked';
}

/**
 * LK3: the class at the door of a classroom tablet: its pupils are shown there only while an adult has opened it, and
 * it closes by itself, also after a reload; a clock that is turned back does not prolong it.
 */
export class Lesson {
  readonly #app: CountingTab;
  readonly #row: LiveQuery<LessonRow | undefined>;
  /** `performance.now()` after which it is over, whatever the clock says. */
  #deadline = Number.POSITIVE_INFINITY;
  #tick = $state(0);
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #unlisten: () => void;

  constructor(app: CountingTab) {
    this.#app = app;
    this.#row = new LiveQuery(
      () => app.db.lesson.get('lesson'),
      undefined,
      () => this.#heard()
    );
    this.#timer = setInterval(() => this.look(), 5_000);
    // Nobody's name is on the door of a tablet that slept for longer than the class was open.
    this.#unlisten = onWake(() => this.look());
  }

  /** Resolves once it is known whether a class is open. */
  get read(): Promise<unknown> {
    return this.#row.first;
  }

  get current(): OpenLesson | undefined {
    void this.#tick;
    const row = this.#row.current;
    return row && this.#counts(row) ? row : undefined;
  }

  /** An adult is signed in here with a classroom password. */
  get mayOpen(): boolean {
    const { session, classroom } = this.#app;
    return classroom && session?.scope === 'classroom' && session.by === 'password';
  }

  /** The pupils whose keys lie here; nobody while the class is closed. */
  get people(): readonly PupilHere[] {
    if (!this.current) return [];
    const held = new Map(this.#app.attempts.heldUp.map(({ account, is }) => [account, is]));
    return this.#app.known
      .filter(({ adult }) => !adult)
      .map(({ account, display, username, pictures }) => {
        const is = held.get(account);
        return { account, display, username, pictures, ...(is ? { held: is } : {}) };
      });
  }

  async open(minutes: number): Promise<Result<void>> {
    const { session, tablet } = this.#app;
    if (!this.mayOpen || !session || !tablet) return refused(refuse('not-permitted'));
    const { shortest, longest } = lessonRange;
    const from = Date.now();
    const until = from + Math.min(Math.max(minutes, shortest), longest) * 60_000;
    const { account: by, display } = session;
    const row = { id: 'lesson', by, display, space: tablet.space, from, until } as const;
    await this.#app.care.kept(() => this.#app.db.lesson.put(row));
    await this.#row.refresh();
    this.#heard();
    return done(undefined);
  }

  async close(): Promise<void> {
    await this.#app.db.lesson.clear();
    await this.#row.refresh();
  }

  /** Closes what is over, for good: a clock that is turned back later does not open it again. */
  look(): void {
    const row = this.#row.current;
    if (!row || !this.#app.ready) return;
    this.#tick++;
    if (!this.#counts(row)) void this.close();
  }

  /** The tab ends; the class stays open. */
  end(): void {
    clearInterval(this.#timer);
    this.#unlisten();
    this.#row.close();
  }

  #counts(row: LessonRow): boolean {
    const now = Date.now();
    return isOpen(row, this.#app.tablet?.space, now) && performance.now() < this.#deadline;
  }

  #heard(): void {
    const row = this.#row.current;
    const left = row ? Math.min(row.until - Date.now(), row.until - row.from) : Number.POSITIVE_INFINITY;
    this.#deadline = performance.now() + left;
    this.look();
  }
}
