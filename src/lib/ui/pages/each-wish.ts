import type { PageId } from '#lib/domain/ids.ts';
import type { GivenUntil } from '#lib/session/pages/grant-time.ts';
import type { Recipient } from '#lib/session/pages/one-for-each.ts';
import type { Pattern } from '#lib/ui/pages/pattern.ts';

/** Pages that somebody wants to make, one for each. */
export interface EachWish {
  readonly title: string;
  /** Undefined: at the top. */
  readonly parent: PageId | undefined;
  readonly draft: boolean;
  readonly until: GivenUntil;
  readonly to: readonly Recipient[];
  /** With what each begins; undefined: empty. */
  readonly pattern: Pattern | undefined;
}
