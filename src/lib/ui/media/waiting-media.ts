import type { Waiting } from '#lib/ui/look-through.ts';

/** ML4: something of a pupil's that an adult has yet to look at. */
export interface WaitingMedia extends Waiting {
  /** What can be seen, and the caption; empty where nobody said. */
  readonly alt: string;
  readonly caption: string;
  /** The title of the page for which it was added. */
  readonly page?: string;
}
