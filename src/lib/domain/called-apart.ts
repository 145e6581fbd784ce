import { grouped } from './grouped.ts';
import { labelKey } from './names.ts';
import type { SpaceState } from './state.ts';

/** Somebody among others; the username where it may be seen. */
export interface Callable {
  readonly account: string;
  readonly display: string;
  readonly username?: string;
}

/**
 * MM11: the number by which each of several people of one name is told from the others, where somebody is to be found
 * among them; who has the name alone has none.
 *
 * @returns by account
 */
export function numbersApart(people: readonly Callable[]): ReadonlyMap<string, string> {
  const names = grouped(people, ({ display }) => labelKey(display));
  return new Map([...names.values()].flatMap((namesakes) => [...numbersOf(namesakes)]));
}

/** MM11: how each of these people is called among them: by the name that is seen, with the number beside it. */
export function calledApart(people: readonly Callable[]): ReadonlyMap<string, string> {
  const numbers = numbersApart(people);
  return new Map(
    people.map(({ account, display }) => {
      const number = numbers.get(account);
      return [account, number === undefined ? display : numbered(display, number)];
    })
  );
}

/** MM11: how everybody is called in a TwinSpace, whoever was removed from it included. */
export function namesIn({ members, staff }: SpaceState): ReadonlyMap<string, string> {
  return calledApart(
    [...members.members].flatMap(([account, { display, status }]): Callable[] => {
      if (status.is === 'erased') return [];
      const username = staff.people.get(account)?.username;
      return [{ account, display, ...(username === undefined ? {} : { username }) }];
    })
  );
}

/** A name with the number by which it is told from the same one of others. */
export function numbered(name: string, number: string): string {
  return `${name} (${number})`;
}

/** The numbers of their usernames; where those are alike or not to be seen, their places in the order of their ids. */
function numbersOf(namesakes: readonly Callable[]): ReadonlyMap<string, string> {
  if (namesakes.length < 2) return new Map();
  const own = namesakes.map(
    ({ account, username = '' }) => [account, /\d+$/.exec(username)?.[0] ?? ''] as const
  );
  const numbers = new Set(own.map(([, number]) => number));
  if (numbers.size === namesakes.length && !numbers.has('')) return new Map(own);
  const accounts = namesakes.map(({ account }) => account).sort();
  return new Map(accounts.map((account, at) => [account, String(at + 1)]));
}
