import type { PageId, SpaceId } from '#lib/domain/ids.ts';
import { isSpaceDocument } from '#lib/domain/may-read.ts';
import { pageGeneration, pageOfDocument } from '#lib/domain/pages.ts';
import type { Room } from '#lib/protocol/rooms.ts';
import type { Payer } from '#relay/devices/payer.ts';
import type { PageTexts } from '../truth/page-texts.ts';
import type { ServedState } from '../truth/served-state.ts';
import { InTurn } from '#relay/turns.ts';
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
  | {
      readonly is: 'updates';
      /** PG8: how far the page has come with them; 0 where it is no page. */
      readonly progress: number;
      readonly updates: readonly Uint8Array[];
    }
  | { readonly is: 'other-generation' }
  | { readonly is: 'too-many'; readonly seconds: number };

/** What it asks of what the relay knows. */
interface Known extends Pick<Truth, 'space'> {
  readonly pages: Pick<PageTexts, 'of'>;
}

/** What is given to readers of a document: what they miss, as stored. */
type Served = Pick<ServedState, 'missing'> & { readonly progress?: number };

/**
 * RM2, RM16, RM17, RM21: what a reader is missing in a room, for sockets and for HTTP alike. Not under the lock: nothing
 * that a change has to wait for. The caller has seen to it that the device may read the room.
 */
export class CatchUp {
  readonly #truth: Known;
  readonly #budget: Budget;
  readonly #inTurn = new InTurn();

  constructor(truth: Known, budget: Budget) {
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
    await this.#inTurn.next();
    const served = await this.#served(room);
    if (!served) return deliver({ is: 'other-generation' });
    const seconds = this.#budget.wait(payer);
    if (seconds > 0) return deliver({ is: 'too-many', seconds });
    const updates = served.missing(stateVector, () => this.#budget.encode(payer));
    this.#budget.charge(
      payer,
      updates.reduce((sum, update) => sum + update.length, 0)
    );
    deliver({ is: 'updates', progress: served.progress ?? 0, updates });
  }

  /** What readers of this room are served from; undefined where it is of another generation. */
  async #served({ space: id, document, generation }: Room): Promise<Served | undefined> {
    const page = pageOfDocument(document);
    if (page !== undefined) return generation === pageGeneration ? this.#page(id, page) : undefined;
    const space = await this.#truth.space(id);
    const known = isSpaceDocument(document) ? space?.document(document) : undefined;
    return known?.generation === generation ? known.served : undefined;
  }

  /** The text of a page in which nothing waits to be stored. */
  async #page(space: SpaceId, page: PageId): Promise<Served> {
    for (;;) {
      const text = await this.#truth.pages.of(space, page);
      if (!text.isAhead) return text;
      await text.settled();
    }
  }
}
