import type { SpaceId } from '#lib/domain/ids.ts';
import type { RefusalCode } from '#lib/domain/refusals.ts';
import type { SpaceState } from '#lib/domain/state.ts';
import type { Problem, Result } from '../device/result.ts';
import type { Bench } from '../work/bench.ts';
import type { Looking } from './looking.ts';
import type { NewIds } from './new-ids.ts';
import type { OpenArchive } from './open-archive.ts';

/** How far reading in is. */
export interface ReadingStep {
  readonly pages: number;
  readonly media: number;
  /** FA7: it goes on once the relay has more of what was read in before. */
  readonly waits: boolean;
}

/** What ends it, and who is told how far it is. */
export interface Going {
  readonly stop: AbortSignal;
  readonly step: (step: ReadingStep) => void;
}

/** FA5, FA6: something that was left out: the page's title, or that of the page in which it stands. */
export interface LeftOut {
  readonly is: 'page' | 'media';
  readonly title: string | undefined;
  /** Undefined: it is not as an archive has it. */
  readonly why: Problem | undefined;
}

/** What came of reading in. */
export interface ReadIn {
  readonly made: { readonly pages: number; readonly media: number };
  /** FA4: read in before. */
  readonly known: { readonly pages: number; readonly media: number };
  readonly left: readonly LeftOut[];
  /** FA7: why it ended before all was read in; `stopped`: somebody wanted so. */
  readonly ended?: Problem | 'stopped';
}

/** So many pages, or media, are handed over at once. */
export const mostTogether = 16;

/** What is wrong with this page or picture alone: others go on. */
const ofOne: ReadonlySet<RefusalCode> = new Set([
  'display-invalid',
  'malformed',
  'media-too-large',
  'too-many-pixels',
  'sound-too-long',
  'page-unknown',
  'page-trashed',
  'pages-too-deep',
  'page-exists',
  'media-exists'
]);

/** Ends it. */
export class Ended extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super('ended');
    this.problem = problem;
  }
}

/** What is read in, where to, and how far it is. */
export class Reading {
  readonly work: Bench;
  readonly space: SpaceId;
  readonly archive: OpenArchive;
  readonly ids: NewIds;
  readonly looking: Looking;
  readonly #going: Going;
  readonly #made = { pages: 0, media: 0 };
  readonly #known = { pages: 0, media: 0 };
  readonly #left: LeftOut[] = [];
  #at: ReadingStep = { pages: 0, media: 0, waits: false };

  constructor(
    { work, space, archive, ids, looking }: Pick<Reading, 'work' | 'space' | 'archive' | 'ids' | 'looking'>,
    going: Going
  ) {
    this.work = work;
    this.space = space;
    this.archive = archive;
    this.ids = ids;
    this.looking = looking;
    this.#going = going;
  }

  /** Somebody wants it to end. */
  get stop(): AbortSignal {
    return this.#going.stop;
  }

  get state(): SpaceState {
    return this.work.stateOf(this.space);
  }

  /** Somebody is at it still. Throws where it was stopped. */
  look(): void {
    this.#going.stop.throwIfAborted();
    this.work.stillAtWork();
  }

  waits(waits: boolean): void {
    if (this.#at.waits !== waits) this.#step({ waits });
  }

  /** FA4: it stands here already. */
  known(is: LeftOut['is']): void {
    this.#count(this.#known, is);
  }

  /** It is not as an archive has it. */
  spoilt(is: LeftOut['is'], title: string | undefined): void {
    this.#leave({ is, title, why: undefined });
  }

  /**
   * Notes what came of one that was handed over.
   *
   * @throws Ended where something is wrong beside this one
   */
  answered(is: LeftOut['is'], title: string | undefined, answer: Result<unknown>): void {
    if (answer.ok) return this.#count(this.#made, is);
    const { problem } = answer;
    if (problem.is !== 'refusal') throw new Ended(problem);
    const { refused } = problem.refusal;
    // FA10: somebody else has brought it meanwhile.
    if (refused === 'here-already') return this.known(is);
    if (!ofOne.has(refused)) throw new Ended(problem);
    this.#leave({ is, title, why: problem });
  }

  outcome(ended?: ReadIn['ended']): ReadIn {
    const counts = { made: this.#made, known: this.#known, left: this.#left };
    return ended === undefined ? counts : { ...counts, ended };
  }

  #leave(left: LeftOut): void {
    this.#left.push(left);
    this.#next(left.is);
  }

  #count(counted: { pages: number; media: number }, is: LeftOut['is']): void {
    counted[is === 'page' ? 'pages' : 'media'] += 1;
    this.#next(is);
  }

  #next(is: LeftOut['is']): void {
    const { pages, media } = this.#at;
    this.#step(is === 'page' ? { pages: pages + 1 } : { media: media + 1 });
  }

  #step(step: Partial<ReadingStep>): void {
    this.#at = { ...this.#at, ...step };
    this.#going.step(this.#at);
  }
}
