import type { TurnRow } from '#lib/store/door-rows.ts';
import { LiveQuery } from '#lib/store/live-query.svelte.ts';
import type { Session, Tab } from '../device/tab.ts';

/**
 * LK2: whose turn it is on a classroom tablet, and where they were: stays over a lock and a reload, so that the same
 * child goes on there and everybody else sees whose turn it was. Elsewhere there is none.
 */
export class Turn {
  readonly #app: Tab;
  readonly #row: LiveQuery<TurnRow | undefined>;
  /** The address in this tab. */
  #path = '';
  /** It ends in this tab: nobody is asked to go on while the storage takes its time. */
  #ending = $state(false);

  constructor(app: Tab) {
    this.#app = app;
    this.#row = new LiveQuery(() => app.db.turn.get('turn'), undefined);
  }

  get current(): Omit<TurnRow, 'id'> | undefined {
    return this.#app.classroom && !this.#ending ? this.#row.current : undefined;
  }

  /** Where the person is now; called after each navigation while somebody is signed in. */
  visit(path: string): void {
    if (!this.#app.classroom || !this.#app.session || path === this.#path) return;
    this.#path = path;
    // Where there is no room for it, they go on at their first screen.
    const stored = this.#app.care.kept(() => this.#app.db.turn.update('turn', { path }));
    void stored.catch(() => undefined);
  }

  /** Somebody begins; who was here before goes on where they were. */
  async begin({ account, display }: Pick<Session, 'account' | 'display'>): Promise<void> {
    if (!this.#app.classroom) return;
    const before = await this.#app.db.turn.get('turn');
    const path = before?.account === account ? before.path : '';
    this.#path = path;
    await this.#app.db.turn.put({ id: 'turn', account, display, path });
    await this.#row.refresh();
  }

  /** Nobody's turn: from now on here, and for good once it is stored. */
  async clear(): Promise<void> {
    this.#path = '';
    this.#ending = true;
    try {
      await this.#app.db.turn.clear();
      await this.#row.refresh();
    } finally {
      this.#ending = false;
    }
  }

  async refresh(): Promise<void> {
    await this.#row.refresh();
  }

  close(): void {
    this.#row.close();
  }
}
