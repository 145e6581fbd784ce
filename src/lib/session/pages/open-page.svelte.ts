import { fromBase64Url } from '#lib/crypto/encoding.ts';
import { plusDays } from '#lib/domain/dates.ts';
import type { ChangeId, PageId, SpaceId } from '#lib/domain/ids.ts';
import type { OutboxRow } from '#lib/store/database.ts';
import { exceptStorage } from '#lib/store/storage-failure.ts';
import { editsOf } from '#lib/store/writings.ts';
import type { FollowedPage } from '#lib/sync/followed-page.ts';
import type { Other, PagePresence } from '#lib/sync/page-presence.ts';
import { WorkingPage } from '#lib/sync/working-page.ts';
import { dropFound, foundDays, foundIn, putBack, type FoundEntry } from '#lib/yjs/found-again.ts';
import { restorePage } from '#lib/yjs/restore-page.ts';
import { pageTree, type Part } from '#lib/yjs/page-tree.ts';
import type { Bench } from '../work/bench.ts';
import { pageWriters, type PageWriters } from './page-writers.ts';
import { Writing, type WritingState } from './writing.ts';

/** Milliseconds in which what changes is shown at once. */
const together = 60;

/** What a page on the screen needs to know, and whom it tells. */
export interface OpenPageParts {
  readonly space: SpaceId;
  readonly page: PageId;
  /** What the relay has confirmed of it, and who writes in it. */
  readonly followed: FollowedPage;
  /** WR1: the clientID of the person in this session. */
  readonly client: () => number;
}

/** A page that is open on this screen: to be read as it stands here, and to be written in (WR2). */
export class OpenPage {
  readonly space: SpaceId;
  readonly page: PageId;
  readonly #work: Bench;
  readonly #parts: OpenPageParts;
  readonly #writing: Writing;
  /** Edits of this device that are in the working document. */
  #pending: ReadonlySet<ChangeId> = new Set();
  #working: WorkingPage;
  #doc: WorkingPage['doc'] = $state.raw(undefined as never);
  #seen = $state(0);
  #telling: ReturnType<typeof setTimeout> | undefined;
  #writers: PageWriters = $state.raw(new Map());
  #state: WritingState = $state.raw({ is: 'kept' });
  #others: readonly Other[] = $state.raw([]);
  readonly #hear = (): void => {
    this.#others = this.#presence.others;
  };

  private constructor(work: Bench, parts: OpenPageParts, rows: readonly OutboxRow[]) {
    this.space = parts.space;
    this.page = parts.page;
    this.#work = work;
    this.#parts = parts;
    this.#writing = new Writing(work, parts.space, parts.page, (state) => (this.#state = state));
    this.#working = this.#make(rows);
    this.#doc = this.#working.doc;
    this.#presence.awareness.on('change', this.#hear);
    this.#hear();
  }

  static async open(work: Bench, parts: OpenPageParts): Promise<OpenPage> {
    return new OpenPage(work, parts, await editsOf(work.app.db, parts.page));
  }

  /** What is written in: another one after something that was in it has been refused. */
  get doc(): WorkingPage['doc'] {
    return this.#doc;
  }

  /** WR7: whoever else writes in it now. */
  get others(): readonly Other[] {
    return this.#others;
  }

  /** WR7: where the carets of the others stand; the editor tells its own. */
  get awareness(): PagePresence['awareness'] {
    return this.#presence.awareness;
  }

  /** As it is read. */
  readonly parts: readonly Part[] = $derived.by(() => {
    void this.#seen;
    return pageTree(this.#doc);
  });

  /** The same, each paragraph with the block that it is (CO2). */
  readonly placed: readonly Part[] = $derived.by(() => {
    void this.#seen;
    return pageTree(this.#doc, { blocks: true });
  });

  /** As it is read, each run with the clientID under which it was written (PG11). */
  readonly written: readonly Part[] = $derived.by(() => {
    void this.#seen;
    return pageTree(this.#doc, { clients: true, blocks: true });
  });

  /** PG11: whose the clientIDs in it are, as far as it is known here. */
  get writers(): PageWriters {
    return this.#writers;
  }

  /** The clientIDs under which something was written in it, nobody knows whose. */
  readonly unknownClients: readonly number[] = $derived.by(() => {
    void this.#seen;
    return [...this.#doc.store.clients.keys()].filter((client) => !this.#writers.has(client));
  });

  /** PG11: looks once more whose they are. */
  findWriters(): void {
    pageWriters(this.#work, this.space, this.page).then((known) => (this.#writers = known), exceptStorage);
  }

  /** PG12: what lost its place in it. */
  readonly found: readonly FoundEntry[] = $derived.by(() => {
    void this.#seen;
    const oldest = plusDays(this.#work.today, -foundDays);
    return foundIn(this.#doc).filter(({ on }) => on >= oldest);
  });

  /** PG12: it stands in the page again, as a line of its own. */
  putBack(entry: FoundEntry): void {
    putBack(this.#doc, entry);
  }

  /** PG12: nobody wants it any more. The answer puts it back. */
  throwAway(entry: FoundEntry): () => void {
    dropFound(this.#doc, entry.key);
    return () => putBack(this.#doc, entry);
  }

  /** The page is as it was in this version again, as a new edit; what others write meanwhile is found again (PG12). */
  restore(version: Uint8Array): void {
    restorePage(this.#doc, version);
  }

  /** How what is typed here stands. */
  get state(): WritingState {
    return this.#state;
  }

  /** The edits that wait here have changed. */
  note(outbox: readonly OutboxRow[]): void {
    const rows = outbox.filter(({ page }) => page === this.page);
    for (const row of rows) if (!this.#pending.has(row.id)) this.#working.add(updateIn(row));
    this.#pending = new Set([...this.#pending, ...rows.map(({ id }) => id)]);
  }

  /** WR6: an edit that was in it was refused: it is shown without. What was typed since is kept first. */
  async rebuild(refused: readonly ChangeId[]): Promise<void> {
    if (!refused.some((id) => this.#pending.has(id))) return;
    let rows: readonly OutboxRow[];
    do {
      await this.#writing.finish();
      rows = await editsOf(this.#work.app.db, this.page);
    } while (this.#writing.isTyping && this.#state.is !== 'failed');
    const before = this.#working;
    this.#working = this.#make(rows);
    this.#doc = this.#working.doc;
    before.close();
  }

  /** Resolves when all that was typed is signed. */
  finish(): Promise<void> {
    return this.#writing.finish();
  }

  /** Resolves when all that was typed is signed, and nothing of it is left. */
  async close(): Promise<void> {
    clearTimeout(this.#telling);
    this.#presence.awareness.off('change', this.#hear);
    await this.#writing.finish();
    this.#working.close();
  }

  get #presence(): PagePresence {
    return this.#parts.followed.presence;
  }

  #make(rows: readonly OutboxRow[]): WorkingPage {
    const working = new WorkingPage(this.#parts.followed.doc, rows.map(updateIn), (update) =>
      this.#writing.typed(working.doc.clientID, update)
    );
    this.#pending = new Set(rows.map(({ id }) => id));
    working.client = this.#parts.client();
    this.#presence.client = this.#parts.client();
    working.doc.on('update', () => {
      this.#telling ??= setTimeout(() => {
        this.#telling = undefined;
        this.#seen++;
      }, together);
    });
    return working;
  }
}

function updateIn({ signed }: Pick<OutboxRow, 'signed'>): Uint8Array {
  return fromBase64Url(signed.payload);
}
