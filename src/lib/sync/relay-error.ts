import type { ErrorCode } from '#lib/protocol/messages.ts';

/** The relay could not be reached, or would not serve the request. */
export class RelayError extends Error {
  /**
   * `offline`: no answer at all. `foreign`: an answer that is not the relay's, a network's sign-in page for instance.
   * `unreadable`: one of the relay's that this app does not understand. `cookie-refused`: this browser keeps no cookie
   * under this address (BR10).
   */
  readonly code: ErrorCode | 'offline' | 'foreign' | 'unreadable' | 'cookie-refused';
  /** With `slow-down`: seconds to wait. */
  readonly seconds?: number;

  constructor(code: RelayError['code'], options: { cause?: unknown; seconds?: number } = {}) {
    super(`relay: ${code}`, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'RelayError';
    this.code = code;
    if (options.seconds !== undefined) this.seconds = options.seconds;
  }

  /** NW8: no relay has answered. */
  get unreached(): boolean {
    return this.code === 'offline' || this.code === 'foreign';
  }
}
