import type { SessionId } from '#lib/domain/ids.ts';
import type { Database, SessionRow } from '#lib/store/database.ts';

/** Where a tab remembers its session: gone when the tab is closed. */
const place = 'twinspace.session';

/**
 * Milliseconds after which a session that no tab shows to be alive is taken for one whose tab is gone: a tab that is
 * being loaded anew shows nothing meanwhile, and all of them are when a new version comes (AP5).
 */
const loading = 60_000;

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
  #sweeping: ReturnType<typeof setTimeout> | undefined;

  constructor(db: Database) {
    this.#db = db;
  }

  /** The session of this tab before its reload, if there was one; those of tabs that are gone are deleted a minute later. */
  async restore(keeping: Keeping): Promise<SessionRow | undefined> {
    if (keeping === 'page') {
      sessionStorage.removeItem(place);
      await this.#db.sessions.clear();
      return undefined;
    }
    const id = sessionStorage.getItem(place);
    const session = id ? await this.#db.sessions.get(id as SessionId) : undefined;
    this.#sweeping = setTimeout(() => void this.#sweep(session?.id).catch(() => undefined), loading);
    if (session) this.#hold(session.id);
    return session;
  }

  close(): void {
    clearTimeout(this.#sweeping);
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

  async #sweep(own: SessionId | undefined): Promise<void> {
    const alive = new Set((await navigator.locks.query()).held?.map((lock) => lock.name));
    for (const other of await this.#db.sessions.toCollection().primaryKeys()) {
      if (other !== own && !alive.has(lockName(other))) await this.#db.sessions.delete(other);
    }
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
