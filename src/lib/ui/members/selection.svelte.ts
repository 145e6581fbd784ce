import { SvelteSet } from 'svelte/reactivity';
import type { AccountId } from '#lib/domain/ids.ts';

/** Who is chosen in a list, to work on many at once (MM5). Lives as long as the list is in that mode. */
export class Selection {
  readonly chosen = new SvelteSet<AccountId>();
  #last: AccountId | undefined;

  get count(): number {
    return this.chosen.size;
  }

  has(account: AccountId): boolean {
    return this.chosen.has(account);
  }

  /** @param range with Shift: from the one touched last to this one, in the order of `shown` */
  toggle(account: AccountId, shown: readonly { readonly account: AccountId }[], range: boolean): void {
    const on = !this.chosen.has(account);
    const [from, to] = [this.#last, account].map((id) => shown.findIndex((one) => one.account === id));
    const some =
      range && from !== undefined && to !== undefined && from >= 0
        ? shown.slice(Math.min(from, to), Math.max(from, to) + 1).map((one) => one.account)
        : [account];
    for (const id of some) {
      if (on) this.chosen.add(id);
      else this.chosen.delete(id);
    }
    this.#last = account;
  }

  addAll(shown: readonly { readonly account: AccountId }[]): void {
    for (const { account } of shown) this.chosen.add(account);
  }

  clear(): void {
    this.chosen.clear();
    this.#last = undefined;
  }
}
