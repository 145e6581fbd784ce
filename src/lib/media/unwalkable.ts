/**
 * Why a file was not walked to its end.
 *
 * - `unknown`: none of the kinds that are stored
 * - `broken`: it does not hold together: a length that lies, a part that is missing or out of its place
 * - `empty`: no picture and no sound in it
 * - `codec`: coded in a way that is not stored, or enciphered
 * - `too-much`: more parts, levels or frames than are walked (`mediaLimits`)
 */
export type UnwalkableReason = 'unknown' | 'broken' | 'empty' | 'codec' | 'too-much';

/** Ends a walk; `look` makes an answer of it. */
export class Unwalkable extends Error {
  readonly reason: UnwalkableReason;

  constructor(reason: UnwalkableReason) {
    super(reason);
    this.name = 'Unwalkable';
    this.reason = reason;
  }
}

/** Ends the walk of a file that does not hold together. */
export function broken(): never {
  throw new Unwalkable('broken');
}
