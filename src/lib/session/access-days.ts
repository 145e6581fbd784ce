import type { SpaceId } from '#lib/domain/ids.ts';
import type { Work } from './work.svelte.ts';

/**
 * ME7, SE5 (G8): records the day of a sign-in, once a day for each TwinSpace, as each comes into view: on a device that
 * has never seen its person they arrive a moment after the sign-in.
 */
export class AccessDays {
  readonly #work: Work;
  readonly #recorded = new Set<SpaceId>();
  #turn: Promise<void> = Promise.resolve();

  constructor(work: Work) {
    this.#work = work;
  }

  /** Looks for TwinSpaces that have not been recorded in this session yet. */
  look(): Promise<void> {
    if (this.#work.spaces.some((space) => !this.#recorded.has(space.id))) {
      this.#turn = this.#turn.then(() => this.#record());
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
      const known = space.state.staff.access.get(account) ?? preference?.accessOn?.[space.id];
      if (!known || known < today) await this.#work.submit(space.id, 'access.record', { on: today });
    }
    const accessOn = { ...preference?.accessOn };
    for (const space of this.#recorded) accessOn[space] = today;
    await app.db.preferences.put({ ...preference, account, accessOn });
  }
}
