import type { Change } from '#lib/domain/change.ts';
import type { Decision } from '#lib/domain/decide.ts';
import type { ChangeId } from '#lib/domain/ids.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusals.ts';
import { Fold, type Circumstances } from './fold.ts';

/** On what a trial stands: a fold, as it was after this change of the outbox. */
export interface Ground {
  readonly fold: Fold;
  readonly last: ChangeId | undefined;
}

/** A change that the rules allow, and what it comes to on what it was judged on. */
export interface Judged {
  readonly change: Change;
  readonly decision: Decision;
  readonly circumstances: Circumstances;
  /** The one before it in the same trial, or the ground of the first. */
  readonly on: Judged | Ground;
}

/**
 * OB1: changes that are not stored yet, judged on what is in view, each on what the ones before it come to. What they
 * come to is kept: once they are stored it is written over the view as it is, and nothing is judged twice.
 */
export class Trial {
  readonly #fold: Fold;
  #on: Judged | Ground;
  readonly #judged: Judged[] = [];

  constructor(ground: Ground) {
    this.#fold = new Fold(ground.fold);
    this.#on = ground;
  }

  /** What was allowed, in order. */
  get judged(): readonly Judged[] {
    return this.#judged;
  }

  /** Judges one more change; the refusal says why it may not be. */
  take(change: Change, circumstances: Circumstances): Refusal | undefined {
    const decision = this.#fold.take(change, circumstances);
    if (isRefusal(decision)) return decision;
    this.#on = { change, decision, circumstances, on: this.#on };
    this.#judged.push(this.#on);
    return undefined;
  }
}
