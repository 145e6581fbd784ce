import { grouped } from '#lib/domain/grouped.ts';
import { labelKey } from '#lib/domain/names.ts';
import { m } from '#lib/paraglide/messages.js';

/** Somebody among others; the username where it may be seen. */
export interface Callable {
  readonly account: string;
  readonly display: string;
  readonly username?: string;
}

/**
 * MM11: how each of these people is called where somebody is to be found among them: by the name that is seen, and where
 * several have it with a number, too.
 *
 * @returns by account
 */
export function calledApart(people: readonly Callable[]): ReadonlyMap<string, string> {
  const called = new Map<string, string>();
  for (const namesakes of grouped(people, ({ display }) => labelKey(display)).values()) {
    const numbers = numbersOf(namesakes);
    for (const { account, display } of namesakes) {
      const number = numbers?.get(account);
      called.set(account, number === undefined ? display : m.person_numbered({ name: display, number }));
    }
  }
  return called;
}

/** The numbers of their usernames; where those are alike or not to be seen, their places in the order of their ids. */
function numbersOf(namesakes: readonly Callable[]): ReadonlyMap<string, string> | undefined {
  if (namesakes.length < 2) return undefined;
  const own = namesakes.map(
    ({ account, username = '' }) => [account, /\d+$/.exec(username)?.[0] ?? ''] as const
  );
  const numbers = new Set(own.map(([, number]) => number));
  if (numbers.size === namesakes.length && !numbers.has('')) return new Map(own);
  const accounts = namesakes.map(({ account }) => account).sort();
  return new Map(accounts.map((account, at) => [account, String(at + 1)]));
}
