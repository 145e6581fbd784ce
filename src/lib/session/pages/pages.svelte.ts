import { fromBase64Url } from '#lib/crypto/encoding.ts';
import type { ChangeId, PageId, SpaceId } from '#lib/domain/ids.ts';
import { movedTo } from '#lib/domain/pages.ts';
import { pageRoom } from '#lib/protocol/rooms.ts';
import type { HeldPageRow, OutboxRow, TrayRow } from '#lib/store/database.ts';
import { LiveQuery } from '#lib/store/live-query.svelte.ts';
import { exceptStorage } from '#lib/store/storage-failure.ts';
import { editsOf } from '#lib/store/writings.ts';
import type { FollowedPage } from '#lib/sync/followed-page.ts';
import type { Follower } from '#lib/sync/follower.ts';
import { readPageText, textOver } from '#lib/sync/working-page.ts';
import { pageTree, type Part } from '#lib/yjs/page-tree.ts';
import type { Bench } from '../work/bench.ts';
import { MakingAnew } from './make-anew.ts';
import { OpenPage } from './open-page.svelte.ts';
import { freshClient } from './sign-edit.ts';
import { signUnsigned } from './writing.ts';

/** Where the confirmed text of a page comes from. */
export interface PageDocuments {
  openPage(room: string): Promise<Follower<FollowedPage>>;
  closePage(room: string): Promise<void>;
}

/**
 * The pages that are open in this tab, and what the signed-in person writes in them. What they typed here and never
 * signed is signed now; what fell with something else that was refused is done anew (WR6).
 */
export class Pages {
  readonly #work: Bench;
  readonly #documents: PageDocuments;
  readonly #open = new Map<string, Promise<OpenPage>>();
  /** Pages that are being closed: who opens one again waits for that. */
  readonly #closing = new Map<string, Promise<void>>();
  readonly #tray: LiveQuery<TrayRow[]>;
  readonly #held: LiveQuery<HeldPageRow[]>;
  readonly #unregister: () => void;
  /** WR1: one for a person, a device and a session. */
  #client = freshClient();
  readonly #making: MakingAnew;
  #anew: Promise<void> = Promise.resolve();
  #begun = false;
  /** Edits of this person's whose refusal has been noticed. */
  readonly #fallen = new Set<ChangeId>();

  constructor(work: Bench, documents: PageDocuments) {
    this.#work = work;
    this.#documents = documents;
    this.#making = new MakingAnew(work);
    this.#held = new LiveQuery(() => work.app.db.heldPages.toArray(), []);
    this.#unregister = work.app.beforeEnd(() => this.finish());
    this.#tray = new LiveQuery(
      () => work.app.db.tray.filter(({ page }) => page !== undefined).toArray(),
      [],
      () => this.look()
    );
  }

  /** WR4: how far the text of each page has come that is here, by room. */
  readonly #heldTo = $derived.by(() => new Map(this.#held.current.map(({ room, moved }) => [room, moved])));

  /** WR4: whether all that the relay has told of this page is on this device. */
  isHere(space: SpaceId, page: PageId): boolean {
    const told = movedTo(this.#work.stateOf(space), page);
    return told === 0 || this.heldTo(space, page) >= told;
  }

  /** WR4: how far the text of the page has come here; another number with whatever arrives. */
  heldTo(space: SpaceId, page: PageId): number {
    return this.#heldTo.get(pageRoom(space, page)) ?? 0;
  }

  /** Another one with whatever of its text arrives here or is written here. */
  async textName(space: SpaceId, page: PageId): Promise<string> {
    const waiting = await editsOf(this.#work.app.db, page);
    return [this.heldTo(space, page), ...waiting.map(({ id }) => id)].join();
  }

  /** A page as it stands here, without opening it; with whose clientIDs are in it (PG11) where that is asked for. */
  async read(space: SpaceId, page: PageId, how?: { readonly clients: boolean }): Promise<readonly Part[]> {
    const { db } = this.#work.app;
    const confirmed = await readPageText(db, pageRoom(space, page));
    const waiting = (await editsOf(db, page)).map(({ signed }) => fromBase64Url(signed.payload));
    const text = textOver(confirmed, waiting);
    const parts = pageTree(text, how);
    text.destroy();
    confirmed.destroy();
    return parts;
  }

  /** Opens a page, or the same one again. Whoever asks for it closes it. */
  open(space: SpaceId, page: PageId): Promise<OpenPage> {
    const room = pageRoom(space, page);
    const known = this.#open.get(room);
    if (known) return known;
    const opened = this.#begin(room, space, page);
    this.#open.set(room, opened);
    opened.catch(() => this.#open.delete(room));
    return opened;
  }

  /** Resolves when all that was typed in it is signed, and nothing of it is open. */
  close(open: OpenPage): Promise<void> {
    const room = pageRoom(open.space, open.page);
    this.#open.delete(room);
    const closing = open
      .close()
      .then(() => this.#documents.closePage(room))
      .finally(() => this.#closing.delete(room));
    this.#closing.set(room, closing);
    return closing;
  }

  /** The outbox has changed. */
  note(outbox: readonly OutboxRow[]): void {
    for (const open of this.#open.values()) void open.then((page) => page.note(outbox));
  }

  /**
   * From now on documents are in view: what this person typed here before and did not sign is signed, and what fell is
   * done anew.
   */
  async begin(): Promise<void> {
    this.#begun = true;
    await this.signLeft();
    this.look();
  }

  /** WR6: something was refused, or the rules see more than before. */
  look(): void {
    if (this.#begun && this.#tray.current.length > 0)
      void this.#refused(this.#tray.current).catch(exceptStorage);
  }

  /** Signs what this person typed here before and did not sign. */
  async signLeft(): Promise<void> {
    await signUnsigned(this.#work).catch(exceptStorage);
  }

  /** Resolves when all that was typed is signed. */
  async finish(): Promise<void> {
    await Promise.all([...this.#open.values()].map(async (open) => (await open).finish()));
    await this.signLeft();
  }

  /** Ends all of it. */
  async end(): Promise<void> {
    this.#unregister();
    this.#tray.close();
    this.#held.close();
    await Promise.all([...this.#open.values()].map(async (open) => this.close(await open)));
    await Promise.all(this.#closing.values());
  }

  async #begin(room: string, space: SpaceId, page: PageId): Promise<OpenPage> {
    await this.#closing.get(room);
    const { document } = await this.#documents.openPage(room);
    const parts = { space, page, followed: document, client: () => this.#client };
    return OpenPage.open(this.#work, parts);
  }

  async #refused(rows: readonly TrayRow[]): Promise<void> {
    const ids: readonly ChangeId[] = rows.map(({ id }) => id);
    // A clientID under which something was refused has a gap: what comes goes on under another one.
    const mine = rows.filter(({ actor }) => actor === this.#work.session.account);
    if (mine.some(({ id }) => !this.#fallen.has(id))) this.#client = freshClient();
    for (const { id } of mine) this.#fallen.add(id);
    this.#anew = this.#anew.then(() => this.#making.all(rows)).catch(exceptStorage);
    await this.#anew;
    for (const open of this.#open.values()) await (await open).rebuild(ids);
  }
}
