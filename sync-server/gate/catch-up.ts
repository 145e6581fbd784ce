import type { Room } from '#lib/protocol/rooms.ts';
import type { Payer } from '#relay/devices/payer.ts';
import type { Truth } from '../truth/truth.ts';

/** What a reader may have. */
export interface Budget {
  /** 0, or after how many seconds bytes may be had again. */
  wait(payer: Payer): number;
  /** So many bytes were had. */
  charge(payer: Payer, bytes: number): void;
  /** Takes one encoding for this reader alone; false: none is left. */
  encode(payer: Payer): boolean;
}

/** What a reader is missing: updates to be applied in order, at least one; or why it is given nothing. */
export type Missing =
  | { readonly is: 'updates'; readonly updates: readonly Uint8Array[] }
  | { readonly is: 'other-generation' }
  | { readonly is: 'too-many'; readonly seconds: number };

/**
 * RM2, RM16, RM17: what a reader is missing in a room, for sockets and for HTTP alike. Not under the lock: nothing that
 * a change has to wait for. The caller has seen to it that the device may read the room.
 */
export class CatchUp {
  readonly #truth: Pick<Truth, 'space'>;
  readonly #budget: Budget;

  constructor(truth: Pick<Truth, 'space'>, budget: Budget) {
    this.#truth = truth;
    this.#budget = budget;
  }

  /**
   * Hands over what the reader with this state vector is missing, as stored.
   *
   * @param deliver is called in the very turn in which it was found: whoever sends the updates there, and from then on
   *   every one that is broadcast, leaves none out
   * @throws where the storage fails, or the bytes are no state vector
   */
  async of(
    room: Room,
    stateVector: Uint8Array,
    payer: Payer,
    deliver: (missing: Missing) => void
  ): Promise<void> {
    const space = await this.#truth.space(room.space);
    const document = space?.document(room.document);
    if (document?.generation !== room.generation) return deliver({ is: 'other-generation' });
    const seconds = this.#budget.wait(payer);
    if (seconds > 0) return deliver({ is: 'too-many', seconds });
    const updates = document.served.missing(stateVector, () => this.#budget.encode(payer));
    this.#budget.charge(
      payer,
      updates.reduce((sum, update) => sum + update.length, 0)
    );
    deliver({ is: 'updates', updates });
  }
}
