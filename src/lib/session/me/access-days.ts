import type { SpaceId } from '#lib/domain/ids.ts';
import { keepPreference } from '#lib/store/preferences.ts';
import type { Bench } from '../work/bench.ts';

/**
 * ME7, SE5 (G8): records the day of a sign-in, once a day for each TwinSpace, as each comes into view: on a device that
 * has never seen its person they arrive a moment after the sign-in.
 */
export class AccessDays {
  readonly #work: Bench;
  readonly #recorded = new Set<SpaceId>();
  #turn: Promise<void> = Promise.resolve();

  constructor(work: Bench) {
    this.#work = work;
  }

  /** Looks for TwinSpaces that have not been recorded in this session yet. */
  look(): Promise<void> {
    if (this.#work.spaces.some((space) => !this.#recorded.has(space.id))) {
      const mine = this.#turn.then(() => this.#record());
      this.#turn = mine.catch(() => undefined);
      return mine;
    }
    return this.#turn;
  }

  async #record(): Promise<void> {
    const { app, session, today } = this.#work;
    const { account } = session;
    const preference = await app.db.preferences.get(account);
    for (const space of this.#work.spaces) {
      if (this.#recorded.has(space.id)) continue;
      this.#recorded.add(space.id);
      // Where the staff document is not followed, only this device knows what it has recorded already.
      const known =
        this.#work.stateOf(space.id).staff.access.get(account) ?? preference?.accessOn?.[space.id];
      if (!known || known < today) {
        const recorded = await this.#work.submit(space.id, 'access.record', { on: today });
        // NW9: what could not be stored is tried at the next look; what the rules refuse is not.
        if (!recorded.ok && recorded.problem.is === 'failure') this.#recorded.delete(space.id);
      }
    }
    const recorded = Object.fromEntries([...this.#recorded].map((space) => [space, today]));
    await keepPreference(app.db, account, (kept) => ({ accessOn: { ...kept.accessOn, ...recorded } }));
  }
}
