import type { PageId, SpaceId } from '#lib/domain/ids.ts';
import { mediaIn } from '#lib/domain/media.ts';
import { orderAt, pagesInOrder, top } from '#lib/domain/page-order.ts';
import { pageIn } from '#lib/domain/pages.ts';
import type { RefusalCode } from '#lib/domain/refusals.ts';
import type { ArchivedMediaEntry, ArchivedPageEntry } from '#lib/protocol/archives.ts';
import { bytesWaiting } from '#lib/store/media-files.ts';
import { mediaOfParts } from '#lib/yjs/media-of-parts.ts';
import type { Part } from '#lib/yjs/page-tree.ts';
import { failed, problemOf, type Problem, type Result } from '../device/result.ts';
import { textOfParts } from '../pages/text-of-parts.ts';
import type { Bench } from '../work/bench.ts';
import { archivedMedia } from './archived-media.ts';
import { archivedParts, originOf } from './archived-page.ts';
import { addArchived } from './add-archived.ts';
import { lackBytes } from './lack-bytes.ts';
import { newIds, takenIn, type NewIds } from './new-ids.ts';
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

/** FA7: bytes that may lie here and wait for the relay. */
export const mostUnsent = 200_000_000;
/** FA10: one tab of a device reads. */
const lock = 'twinspace-reading-in';
/** Milliseconds until it is looked again whether the relay has more. */
const lookAgain = 500;

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
class Ended extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super('ended');
    this.problem = problem;
  }
}

/**
 * FA1, FA4–FA7: reads an archive into a TwinSpace, in the name of whoever is signed in: pages first, each with its text, in
 * the order of the tree; then media, one after the other. Whatever ends it, the same archive goes on from there.
 */
export async function readIn(
  work: Bench,
  space: SpaceId,
  archive: OpenArchive,
  going: Going
): Promise<ReadIn> {
  // FA10: another tab of this device reads.
  return navigator.locks.request(lock, { ifAvailable: true }, (held) =>
    held ? readAlone(work, space, archive, going) : inOtherTab()
  );
}

async function readAlone(work: Bench, space: SpaceId, archive: OpenArchive, going: Going): Promise<ReadIn> {
  const ids = await newIds(space, archive, takenIn(work.stateOf(space), archive));
  const reading = new Reading(work, space, archive, ids, going);
  try {
    await reading.all();
    return reading.outcome();
  } catch (error) {
    if (going.stop.aborted) return reading.outcome('stopped');
    if (error instanceof Ended) return reading.outcome(error.problem);
    const answer = unreadable(error) ? failed('archive-gone') : problemOf(error);
    if (answer.ok) throw error;
    return reading.outcome(answer.problem);
  }
}

function inOtherTab(): ReadIn {
  const none = { pages: 0, media: 0 };
  return { made: none, known: none, left: [], ended: { is: 'failure', code: 'archive-other-tab' } };
}

/** FA10: somebody else has brought it meanwhile. */
function isHere(answer: Result<unknown> | undefined): boolean {
  return (
    answer?.ok === false &&
    answer.problem.is === 'refusal' &&
    answer.problem.refusal.refused === 'here-already'
  );
}

/** The file is not any more what was chosen, or its stick was pulled out. */
function unreadable(error: unknown): boolean {
  const { name } = error instanceof Error ? error : { name: '' };
  return name === 'NotReadableError' || name === 'NotFoundError' || name === 'CaptureTrouble';
}

class Reading {
  readonly #work: Bench;
  readonly #space: SpaceId;
  readonly #archive: OpenArchive;
  readonly #ids: NewIds;
  readonly #going: Going;
  readonly #made = { pages: 0, media: 0 };
  readonly #known = { pages: 0, media: 0 };
  readonly #left: LeftOut[] = [];
  /** By media's new id, the page in which they stand first. */
  readonly #standsIn = new Map<string, { readonly page: PageId; readonly title: string }>();
  #at: ReadingStep = { pages: 0, media: 0, waits: false };

  constructor(work: Bench, space: SpaceId, archive: OpenArchive, ids: NewIds, going: Going) {
    this.#work = work;
    this.#space = space;
    this.#archive = archive;
    this.#ids = ids;
    this.#going = going;
  }

  async all(): Promise<void> {
    const { pages, media } = this.#archive.said;
    for (const entry of pages) {
      this.#look();
      await this.#page(entry);
      this.#step({ pages: this.#at.pages + 1 });
    }
    for (const entry of media) {
      if (entry.file === undefined) continue;
      this.#look();
      await this.#media(entry);
      this.#step({ media: this.#at.media + 1 });
    }
  }

  outcome(ended?: ReadIn['ended']): ReadIn {
    const counts = { made: this.#made, known: this.#known, left: this.#left };
    return ended === undefined ? counts : { ...counts, ended };
  }

  async #page(entry: ArchivedPageEntry): Promise<void> {
    const page = this.#ids.pages.get(entry.page);
    if (!page) return;
    const parts = await archivedParts(this.#archive, entry, this.#ids);
    const { title, draft = false } = entry;
    const known = pageIn(this.#state, page) !== undefined;
    if (parts) this.#note(parts, page, title);
    if (known) return void (this.#known.pages += 1);
    if (!parts) return void this.#left.push({ is: 'page', title, why: undefined });
    const parent = this.#parentOf(entry);
    const beside = pagesInOrder(this.#state).get(parent ?? top) ?? [];
    const order = orderAt(
      beside.map((one) => one.page.order),
      beside.length
    );
    const from = originOf(this.#archive, entry);
    const args = { page, title, order, draft, from, ...(parent === undefined ? {} : { parent }) };
    const wish = { name: 'page.create', args, text: textOfParts(parts) } as const;
    const [answer] = await this.#work.submitMany(this.#space, [wish]);
    if (isHere(answer)) this.#known.pages += 1;
    else if (answer && this.#taken(answer, { is: 'page', title })) this.#made.pages += 1;
  }

  /** Under which page it is to stand: the nearest above it that is here. */
  #parentOf({ parent }: ArchivedPageEntry): PageId | undefined {
    if (parent === undefined) return undefined;
    const page = this.#ids.pages.get(parent);
    if (page && pageIn(this.#state, page)) return page;
    const above = this.#archive.said.pages.find((one) => one.page === parent);
    return above && this.#parentOf(above);
  }

  #note(parts: readonly Part[], page: PageId, title: string): void {
    for (const { media } of mediaOfParts(parts))
      if (!this.#standsIn.has(media)) this.#standsIn.set(media, { page, title });
  }

  async #media(entry: ArchivedMediaEntry): Promise<void> {
    const id = this.#ids.media.get(entry.media);
    if (!id) return;
    const record = mediaIn(this.#state, id);
    const { page, title } = this.#standsIn.get(id) ?? {};
    if (record && !(await lackBytes(this.#work, id, record))) return void (this.#known.media += 1);
    await this.#room(entry.bytes);
    const there = page && pageIn(this.#state, page) ? page : undefined;
    const read = (): void => this.#look();
    const found = await archivedMedia(this.#archive, entry, this.#ids, there, read);
    if (!found) return void this.#left.push({ is: 'media', title, why: undefined });
    const added = await addArchived(this.#work, this.#space, found, record, read);
    if (isHere(added)) this.#known.media += 1;
    else if (this.#taken(added, { is: 'media', title })) this.#made.media += 1;
  }

  /** FA7: resolves when so little waits for the relay here that this may be added. */
  async #room(bytes: number): Promise<void> {
    const { db } = this.#work.app;
    for (;;) {
      const waiting = await bytesWaiting(db);
      if (waiting === 0 || waiting + bytes <= mostUnsent) break;
      this.#step({ waits: true });
      await new Promise((resolve) => setTimeout(resolve, lookAgain));
      this.#look();
    }
    if (this.#at.waits) this.#step({ waits: false });
  }

  /** Whether it was taken; what is wrong with it alone is noted, anything else ends the reading. */
  #taken(answer: Result<unknown>, what: Pick<LeftOut, 'is' | 'title'>): boolean {
    if (answer.ok) return true;
    const { problem } = answer;
    if (problem.is !== 'refusal' || !ofOne.has(problem.refusal.refused)) throw new Ended(problem);
    this.#left.push({ ...what, why: problem });
    return false;
  }

  get #state() {
    return this.#work.stateOf(this.#space);
  }

  #look(): void {
    this.#going.stop.throwIfAborted();
    this.#work.stillAtWork();
  }

  #step(step: Partial<ReadingStep>): void {
    this.#at = { ...this.#at, ...step };
    this.#going.step(this.#at);
  }
}
