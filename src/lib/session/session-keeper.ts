import type { SessionId } from '#lib/domain/ids.ts';
import type { Database, SessionRow } from '#lib/store/database.ts';

/** Where a tab remembers its session: gone when the tab is closed. */
const place = 'twinspace.session';

/** How long a session lives: as long as the tab, over reloads; or no longer than the page, on a classroom tablet (LK1). */
export type Keeping = 'tab' | 'page';

/**
 * SE1: a session belongs to one tab. It outlives a reload and nothing else: the opened key lies in the database, not
 * to be exported, under an id that only the tab's own memory names, and is deleted when the tab is gone.
 *
 * LK1: on a classroom tablet it is written nowhere: a reload forgets it.
 */
export class SessionKeeper {
  readonly #db: Database;
  #release: (() => void) | undefined;

  constructor(db: Database) {
    this.#db = db;
  }

  /** The session of this tab before its reload, if there was one; deletes those of tabs that are gone. */
  async restore(keeping: Keeping): Promise<SessionRow | undefined> {
    if (keeping === 'page') {
      sessionStorage.removeItem(place);
      await this.#db.sessions.clear();
      return undefined;
    }
    const id = sessionStorage.getItem(place);
    const session = id ? await this.#db.sessions.get(id as SessionId) : undefined;
    const alive = new Set((await navigator.locks.query()).held?.map((lock) => lock.name));
    for (const other of await this.#db.sessions.toCollection().primaryKeys()) {
      if (other !== session?.id && !alive.has(lockName(other))) await this.#db.sessions.delete(other);
    }
    if (session) this.#hold(session.id);
    return session;
  }

  async begin(session: SessionRow, keeping: Keeping): Promise<void> {
    if (keeping === 'page') return;
    await this.#db.sessions.put(session);
    sessionStorage.setItem(place, session.id);
    this.#hold(session.id);
  }

  async end(id: SessionId): Promise<void> {
    sessionStorage.removeItem(place);
    this.#release?.();
    this.#release = undefined;
    await this.#db.sessions.delete(id);
  }

  /** Shows other tabs that this session's tab is alive; the browser lets go when it is not. */
  #hold(id: SessionId): void {
    this.#release?.();
    void navigator.locks.request(
      lockName(id),
      () =>
        new Promise<void>((resolve) => {
          this.#release = resolve;
        })
    );
  }
}

function lockName(id: SessionId): string {
  return `twinspace-session-${id}`;
}
