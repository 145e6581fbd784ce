import type { CalendarDate } from './dates.ts';
import { isDisplay } from './names.ts';

/** MM11: by which namesakes are told apart. */
const numberAtEnd = / \(\d+\)$/;

/** FA9: so many of those who wrote in a page of an archive are told by name; of the others how many. */
export const mostAuthors = 20;

/** FA9: who wrote in a page, by the names that they had where they wrote it: words, and no accounts of here. */
export interface Authors {
  /** Whoever wrote most comes first. */
  readonly by: readonly string[];
  /** How many wrote in it beside these; absent: nobody. */
  readonly more?: number;
}

/** FA9: from the archive of which day a page was read in, and who wrote in it there. */
export interface PageOrigin extends Authors {
  readonly on: CalendarDate;
}

/** Whether nothing in it is more than a name. */
export function areAuthors({ by, more }: Authors): boolean {
  return by.length <= mostAuthors && by.every(isDisplay) && (more === undefined || more > 0);
}

/** These people, each once, as far as they are told by name. */
export function authorsOf(names: readonly string[], others = 0): Authors {
  const all = [...new Set(names)];
  const [by, more] = [all.slice(0, mostAuthors), Math.max(all.length - mostAuthors, 0) + others];
  return more > 0 ? { by, more } : { by };
}

/** ER5: what is left of it when somebody of these names is erased: that they were one of them; else the very same. */
export function withoutAuthors(origin: PageOrigin, names: ReadonlySet<string>): PageOrigin {
  const by = origin.by.filter((one) => !names.has(one) && !names.has(one.replace(numberAtEnd, '')));
  const gone = origin.by.length - by.length;
  return gone > 0 ? { ...origin, by, more: (origin.more ?? 0) + gone } : origin;
}
