import type { Waiting } from '#lib/ui/look-through.ts';

/** CO5: a comment that waits for an adult's yes. */
export interface WaitingComment extends Waiting {
  readonly text: string;
  /** The words of the paragraph that it is about. */
  readonly quote?: string;
  /** The title of its page, and the address. */
  readonly page: string;
  readonly href: string;
  readonly on: string;
}
