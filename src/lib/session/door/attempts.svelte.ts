import { refuse } from '#lib/domain/refusals.ts';
import type { AccountId } from '#lib/domain/ids.ts';
import { beginAttempt, forgetAttempts, leave, type Leave } from '#lib/store/attempts.ts';
import type { CredentialRow } from '#lib/store/database.ts';
import type { AttemptsRow } from '#lib/store/door-rows.ts';
import { LiveQuery } from '#lib/store/live-query.svelte.ts';
import type { Tab } from '../device/tab.ts';
import { isLockable } from '../device/people-here.ts';
import { done, refused, type Result } from '../device/result.ts';

/** Somebody whose sign-in is held up here. */
export interface HeldUp {
  readonly account: AccountId;
  readonly display: string;
  readonly is: 'slow' | 'locked';
}

/** A tab in which attempts to sign in are counted. */
export interface CountingTab extends Tab {
  readonly attempts: Attempts;
}

/**
 * SE8, SE9: wrong passwords and pictures on this device. How many there were is stored; how long ago the last was is
 * measured from when this tab saw it, or was opened, by a clock that nobody can turn.
 */
export class Attempts {
  readonly #app: Tab;
  readonly #rows: LiveQuery<AttemptsRow[]>;
  /** `performance.now()` of the last attempt that this tab saw; before it was opened: 0. */
  readonly #since = new Map<AccountId, number>();
  readonly #counted = new Map<AccountId, number>();
  #loaded = false;
  /** Advances while somebody has to wait. */
  #tick = $state(0);
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(app: Tab) {
    this.#app = app;
    this.#rows = new LiveQuery(
      () => app.db.attempts.toArray(),
      [],
      () => this.#heard()
    );
    this.#timer = setInterval(() => {
      if (this.#rows.current.length > 0) this.#tick++;
    }, 1_000);
  }

  /** Resolves once it is known who has to wait. */
  get read(): Promise<unknown> {
    return this.#rows.first;
  }

  /** Counts an attempt before it is tried; says why not when it may not be made now. */
  async begin(account: AccountId, keys: readonly CredentialRow[]): Promise<Leave> {
    const lockable = isLockable(account, keys, this.#app.deviceRow);
    const answer = await beginAttempt(
      this.#app.db,
      account,
      (failures) => this.#passed(account, failures),
      lockable
    );
    if (answer.is === 'free') this.#note(account, (this.#counted.get(account) ?? 0) + 1);
    return answer;
  }

  /** It was the right one. */
  async succeeded(account: AccountId): Promise<void> {
    this.#counted.delete(account);
    await forgetAttempts(this.#app.db, account);
  }

  /** Whose sign-in is slowed down or locked here at this moment. */
  get heldUp(): readonly HeldUp[] {
    void this.#tick;
    const people = new Map(this.#app.known.map((person) => [person.account, person]));
    return this.#rows.current.flatMap(({ account, failures }): HeldUp[] => {
      const person = people.get(account);
      const { is } = leave(failures, this.#passed(account), this.#isLockable(account));
      if (!person || is === 'free') return [];
      return [{ account, display: person.display, is: is === 'locked' ? 'locked' : 'slow' }];
    });
  }

  /** SE9: an adult who is signed in here lifts it: with a classroom key on a classroom tablet, else the owner. */
  get mayLift(): boolean {
    const { session, device, classroom } = this.#app;
    if (!session) return false;
    if (classroom) return session.scope === 'classroom' && session.by === 'password';
    return device.is === 'enrolled' && device.owner === session.account;
  }

  async lift(account: AccountId): Promise<Result<void>> {
    if (!this.mayLift) return refused(refuse('not-permitted'));
    await this.succeeded(account);
    return done(undefined);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#rows.close();
  }

  #isLockable(account: AccountId): boolean {
    const keys = this.#app.keys.filter((row) => row.account === account);
    return isLockable(account, keys, this.#app.deviceRow);
  }

  /** Seconds since the last attempt. One that another tab made a moment ago is seen in the number first. */
  #passed(account: AccountId, failures = this.#counted.get(account) ?? 0): number {
    if (failures > (this.#counted.get(account) ?? 0) && this.#loaded) this.#note(account, failures);
    return (performance.now() - (this.#since.get(account) ?? 0)) / 1_000;
  }

  #note(account: AccountId, failures: number): void {
    this.#counted.set(account, failures);
    this.#since.set(account, performance.now());
  }

  #heard(): void {
    for (const { account, failures } of this.#rows.current) {
      if (!this.#loaded) this.#counted.set(account, failures);
      else if (failures > (this.#counted.get(account) ?? 0)) this.#note(account, failures);
    }
    const there = new Set(this.#rows.current.map(({ account }) => account));
    for (const account of this.#counted.keys()) if (!there.has(account)) this.#counted.delete(account);
    this.#loaded = true;
  }
}
