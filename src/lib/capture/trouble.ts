/**
 * Why something is not taken in. `unknown`: no kind of file that can stand here. `heic`: a kind that this browser does not
 * read. `too-large`: more bytes, pixels or frames than are taken. `unreadable`: it is broken. `changed`: another program
 * wrote it, or took it away, since it was chosen.
 */
export const troubles = ['unknown', 'heic', 'too-large', 'unreadable', 'changed'] as const;
export type Trouble = (typeof troubles)[number];

/** What cannot be taken in. */
export class CaptureTrouble extends Error {
  readonly trouble: Trouble;

  constructor(trouble: Trouble, options?: ErrorOptions) {
    super(`capture: ${trouble}`, options);
    this.name = 'CaptureTrouble';
    this.trouble = trouble;
  }
}
