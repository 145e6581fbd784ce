import type { AccountId } from '#lib/domain/ids.ts';
import { LiveQuery } from '#lib/store/live-query.svelte.ts';
import type { Tab } from '../device/tab.ts';

/** Whose drafts lie on this device: for the teacher beside it, who sees that there is something and not what. */
export class DraftsHere {
  readonly #authors: LiveQuery<AccountId[]>;

  constructor({ db }: Pick<Tab, 'db'>) {
    this.#authors = new LiveQuery(
      async () => (await db.drafts.toArray()).filter(({ text }) => text !== '').map(({ account }) => account),
      []
    );
  }

  has(account: AccountId): boolean {
    return this.#authors.current.includes(account);
  }

  close(): void {
    this.#authors.close();
  }
}
