import type { ActivityEntry, ActivityFilter } from '#lib/protocol/activity.ts';
import type { SpaceId } from '#lib/domain/ids.ts';
import { refuse } from '#lib/domain/refusals.ts';
import type { RelayClient } from '#lib/sync/relay-client.ts';
import { RelayError } from '#lib/sync/relay-error.ts';
import { problemOf, type Problem } from '../device/result.ts';

/** What of the log is looked at; what is left out does not narrow. */
export interface ActivityNarrowed {
  readonly account?: string | undefined;
  readonly kind?: ActivityFilter | undefined;
}

/** How much of the log is there: none yet, none because of something, or pages of it. */
export type ActivityState =
  | { readonly is: 'loading' }
  | { readonly is: 'failed'; readonly problem: Problem }
  | {
      readonly is: 'there';
      /** Newest first. */
      readonly entries: readonly ActivityEntry[];
      /** `failed`: the pages before stay, and the next can be asked for again. */
      readonly next: 'none' | 'more' | 'loading' | 'failed';
      readonly problem?: Problem;
    };

/** LO5, LO8: the activity log of one TwinSpace, read page by page from the relay; none of it is kept on the tablet. */
export class ActivityLog {
  readonly #relay: Pick<RelayClient, 'activity'>;
  readonly #space: SpaceId;
  #narrowed: ActivityNarrowed = {};
  state: ActivityState = $state.raw({ is: 'loading' });

  constructor(relay: Pick<RelayClient, 'activity'>, space: SpaceId) {
    this.#relay = relay;
    this.#space = space;
  }

  /** Reads the newest page of what is asked for. An answer to an earlier question is dropped. */
  async read(narrowed: ActivityNarrowed): Promise<void> {
    this.#narrowed = narrowed;
    this.state = { is: 'loading' };
    try {
      const { entries, more } = await this.#relay.activity(this.#space, narrowed);
      if (this.#narrowed !== narrowed) return;
      this.state = { is: 'there', entries, next: more ? 'more' : 'none' };
    } catch (error) {
      if (this.#narrowed === narrowed) this.state = { is: 'failed', problem: asProblem(error) };
    }
  }

  /** Reads the next older page, once at a time. */
  async readMore(): Promise<void> {
    const { state } = this;
    const narrowed = this.#narrowed;
    if (state.is !== 'there' || (state.next !== 'more' && state.next !== 'failed')) return;
    const { entries: known } = state;
    this.state = { is: 'there', entries: known, next: 'loading' };
    try {
      const wanted = { ...narrowed, before: known.at(-1)?.seq };
      const { entries, more } = await this.#relay.activity(this.#space, wanted);
      if (this.#narrowed !== narrowed) return;
      this.state = { is: 'there', entries: [...known, ...entries], next: more ? 'more' : 'none' };
    } catch (error) {
      if (this.#narrowed !== narrowed) return;
      this.state = { is: 'there', entries: known, next: 'failed', problem: asProblem(error) };
    }
  }
}

function asProblem(error: unknown): Problem {
  // LO4: somebody who was an administrator when the screen was opened.
  if (error instanceof RelayError && error.code === 'not-permitted') {
    return { is: 'refusal', refusal: refuse('only-administrators') };
  }
  const answer = problemOf(error);
  if (answer.ok) throw new Error('a failure came out as an answer');
  return answer.problem;
}
