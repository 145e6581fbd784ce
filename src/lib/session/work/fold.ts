import type { Change } from '#lib/domain/change.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import { decide, type Decision } from '#lib/domain/decide.ts';
import type { Device } from '#lib/domain/device.ts';
import type { Directory } from '#lib/domain/directory.ts';
import type { SpaceId } from '#lib/domain/ids.ts';
import { KnownDirectory } from '#lib/domain/known-directory.ts';
import { withPuts } from '#lib/domain/puts.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusals.ts';
import { emptySpace, type SpaceState } from '#lib/domain/state.ts';

/** Where and when a change is judged. */
export interface Circumstances {
  readonly device: Device;
  readonly now: CalendarDate;
}

/**
 * VI1: states and directory with one change after the other written over them, by the rules that the relay will apply.
 * What is below stays as it was. Each change costs what it writes, however much was folded before it.
 */
export class Fold {
  readonly #spaces: Map<SpaceId, SpaceState>;
  readonly #directory: KnownDirectory;

  constructor(below: { readonly spaces: ReadonlyMap<SpaceId, SpaceState>; readonly directory: Directory }) {
    this.#spaces = new Map(below.spaces);
    this.#directory = new KnownDirectory(below.directory);
  }

  /** The states as they stand now. */
  get spaces(): ReadonlyMap<SpaceId, SpaceState> {
    return this.#spaces;
  }

  /** The directory as it stands now; it goes on with the fold. */
  get directory(): Directory {
    return this.#directory;
  }

  /** Judges one change and folds in what it comes to; the refusal says why it changes nothing (VI2). */
  take(change: Change, { device, now }: Circumstances): Decision | Refusal {
    const state = this.#spaces.get(change.space) ?? emptySpace(change.space);
    const decision = decide(state, change, {
      devices: [device],
      now,
      directory: this.#directory,
      elsewhere: (space) => this.#spaces.get(space)
    });
    if (!isRefusal(decision)) this.write(decision, change.space);
    return decision;
  }

  /**
   * Folds in what a change came to that was judged on just this. What is told to a TwinSpace that is not followed here
   * makes none: nobody would know its members (IV1).
   */
  write({ puts, projected }: Decision, space: SpaceId): void {
    for (const put of puts) if (put.doc === 'directory') this.#directory.put(put);
    for (const where of new Set(projected.map((put) => put.space))) {
      const before = this.#spaces.get(where) ?? (where === space ? emptySpace(where) : undefined);
      if (before) this.#spaces.set(where, withPuts(before, projected));
    }
  }
}
