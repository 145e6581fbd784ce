import type { ChangeId, PageId, SpaceId } from '#lib/domain/ids.ts';
import { pageRoom } from '#lib/protocol/rooms.ts';
import type { OutboxRow, TrayRow } from '#lib/store/database.ts';
import { LiveQuery } from '#lib/store/live-query.svelte.ts';
import { exceptStorage } from '#lib/store/storage-failure.ts';
import type { FollowedPage } from '#lib/sync/followed-page.ts';
import type { Follower } from '#lib/sync/follower.ts';
import type { Bench } from '../work/bench.ts';
import { OpenPage } from './open-page.svelte.ts';
import { MakingAnew } from './make-anew.ts';
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
  readonly #tray: LiveQuery<TrayRow[]>;
  readonly #unregister: () => void;
  /** WR1: one for a person, a device and a session. */
  #client = anyClient();
  readonly #making: MakingAnew;
  #anew: Promise<void> = Promise.resolve();

  constructor(work: Bench, documents: PageDocuments) {
    this.#work = work;
    this.#documents = documents;
    this.#making = new MakingAnew(work);
    this.#unregister = work.app.beforeEnd(() => this.finish());
    this.#tray = new LiveQuery(
      () => work.app.db.tray.filter(({ page }) => page !== undefined).toArray(),
      [],
      () => void this.#refused(this.#tray.current).catch(exceptStorage)
    );
  }

  /** The edits of this device that were refused. */
  get refused(): readonly TrayRow[] {
    return this.#tray.current;
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

  /** The outbox has changed. */
  note(outbox: readonly OutboxRow[]): void {
    for (const open of this.#open.values()) void open.then((page) => page.note(outbox));
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

  async close(): Promise<void> {
    this.#unregister();
    this.#tray.close();
    await Promise.all([...this.#open.values()].map(async (open) => (await open).close()));
  }

  async #begin(room: string, space: SpaceId, page: PageId): Promise<OpenPage> {
    const { document } = await this.#documents.openPage(room);
    const closed = async (): Promise<void> => {
      this.#open.delete(room);
      await this.#documents.closePage(room);
    };
    const parts = { space, page, confirmed: document.doc, client: () => this.#client, closed };
    return OpenPage.open(this.#work, parts);
  }

  async #refused(rows: readonly TrayRow[]): Promise<void> {
    const ids: readonly ChangeId[] = rows.map(({ id }) => id);
    // A clientID under which something was refused has a gap: what comes goes on under another one.
    if (rows.some(({ actor }) => actor === this.#work.session.account)) this.#client = anyClient();
    this.#anew = this.#anew.then(() => this.#making.all(rows)).catch(exceptStorage);
    await this.#anew;
    for (const open of this.#open.values()) await (await open).rebuild(ids);
  }
}

function anyClient(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}
