import type { MediaId, PageId, SpaceId } from '#lib/domain/ids.ts';
import { mediaIn } from '#lib/domain/media.ts';
import type { MediaPart } from '#lib/protocol/media.ts';
import { chooseFiles } from '#lib/store/device.ts';
import { filesMegabytes, mostKeptPages, type DeviceFiles, type KeptPage } from '#lib/store/device-files.ts';
import { sweepDrawings } from '#lib/store/drawings.ts';
import type { MediaFileRow } from '#lib/store/media-rows.ts';
import { LiveQuery } from '#lib/store/live-query.svelte.ts';
import { dropFiles, fileId, keepWithin, noteSeen, sweepFiles, wholeFile } from '#lib/store/media-files.ts';
import { playedFile, sweepPlayed, type PlayedFile } from '#lib/store/played-file.ts';
import { exceptStorage } from '#lib/store/storage-failure.ts';
import { MediaFetcher } from '#lib/sync/media-fetcher.ts';
import { isPaidNetwork, onNetworkChange, tellsNetwork } from '#lib/sync/paid-network.ts';
import type { Bench } from '../work/bench.ts';
import { MediaInPages, type PageTexts } from './media-in-pages.ts';
import { wantedMedia } from './wanted-media.ts';

/** Milliseconds in which what changes is looked at together. */
const together = 200;

/**
 * The bytes of media on this device while somebody works: what is here, what is fetched, what nobody needs any more
 * (MT3–MT6).
 */
export class MediaHere {
  readonly #work: Bench;
  readonly #rows: LiveQuery<MediaFileRow[]>;
  readonly #fetcher: MediaFetcher;
  readonly #unlisten: readonly (() => void)[];
  /** Where they stand. */
  readonly inPages: MediaInPages;
  /** What somebody asked to see. */
  readonly #asked = new Set<string>();
  #looking: ReturnType<typeof setTimeout> | undefined;
  #wanted = '';
  #closed = false;

  constructor(work: Bench, pages: PageTexts) {
    this.#work = work;
    this.inPages = new MediaInPages(pages);
    const { db, relay, contact } = work.app;
    this.#rows = new LiveQuery(
      () => db.mediaFiles.toArray(),
      [],
      () => this.look(),
      { rests: true }
    );
    this.#fetcher = new MediaFetcher(db, relay, () => work.today);
    this.#unlisten = [
      contact.listen((told) => {
        if (told === 'report' && work.app.online) this.#fetcher.now();
      }),
      onNetworkChange(() => this.#goOn())
    ];
    void sweepFiles(db).catch(exceptStorage);
    void sweepPlayed();
    void sweepDrawings(db, work.today).catch(exceptStorage);
  }

  readonly #byId: ReadonlyMap<string, MediaFileRow> = $derived.by(
    () => new Map(this.#rows.current.map((row) => [row.id, row]))
  );

  /** What of these media is here whole: the file itself, or at least its preview. */
  best(media: MediaId): MediaPart | undefined {
    const has = (part: MediaPart): boolean => {
      const row = this.#byId.get(fileId(media, part));
      return row !== undefined && row.state !== 'comes';
    };
    return has('file') ? 'file' : has('preview') ? 'preview' : undefined;
  }

  /** How the bytes of these media stand here; undefined: nothing of them is here. */
  stateOf(media: MediaId): MediaFileRow['state'] | undefined {
    return this.#byId.get(fileId(media, 'file'))?.state;
  }

  /** The bytes; undefined where they are not here whole. */
  async read(media: MediaId, part: MediaPart): Promise<Blob | undefined> {
    const { db } = this.#work.app;
    const blob = await wholeFile(db, fileId(media, part));
    if (blob) void noteSeen(db, fileId(media, part), this.#work.today).catch(exceptStorage);
    return blob;
  }

  /** MT10: the whole, to be played until it is closed; undefined where it is not here whole. */
  async play(media: MediaId): Promise<PlayedFile | undefined> {
    const { db } = this.#work.app;
    const played = await playedFile(db, fileId(media, 'file'));
    if (played) void noteSeen(db, fileId(media, 'file'), this.#work.today).catch(exceptStorage);
    return played;
  }

  /** MT6: somebody wants to see it now: it comes before all else. */
  ask(media: MediaId): void {
    this.#asked.add(media);
    this.look();
  }

  /** MT6, MT9: what somebody chose for the files on this device. */
  get files(): DeviceFiles {
    return this.#work.app.deviceRow.files ?? {};
  }

  /** MT6: what of others is here, in bytes: all of it could be fetched again. */
  readonly used: number = $derived.by(() =>
    this.#rows.current
      .filter(({ state }) => state === 'here' || state === 'comes')
      .reduce((sum, { bytes }) => sum + bytes, 0)
  );

  /** How much of what others made may be here: what can be chosen. */
  readonly sizes = filesMegabytes;

  /** In megabytes: what is chosen. */
  get megabytes(): number {
    return this.files.megabytes ?? 300;
  }

  /** MT9: whether this browser tells what kind of network it has. */
  get tellsNetwork(): boolean {
    return tellsNetwork();
  }

  async choose(files: Pick<DeviceFiles, 'megabytes' | 'wifiOnly'>): Promise<void> {
    await chooseFiles(this.#work.app.db, (now) => ({ ...now, ...files }));
    this.#goOn();
  }

  /** Whether all files of this page are kept here. */
  keepsPage(page: PageId): boolean {
    return this.files.kept?.some((one) => one.page === page) === true;
  }

  /** MT6: keeps all files of a page here, or no longer. */
  async keepPage({ space, page }: KeptPage, keep: boolean): Promise<void> {
    await chooseFiles(this.#work.app.db, ({ kept = [], ...files }) => {
      const others = kept.filter((one) => one.page !== page);
      return { ...files, kept: keep ? [{ space, page }, ...others].slice(0, mostKeptPages) : others };
    });
    this.#goOn();
  }

  /** Documents or files have changed. */
  look(): void {
    if (this.#closed) return;
    this.#looking ??= setTimeout(() => {
      this.#looking = undefined;
      void this.#look().catch(exceptStorage);
    }, together);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#looking);
    for (const unlisten of this.#unlisten) unlisten();
    this.#rows.close();
    await this.#fetcher.close();
  }

  /** Something else may be sent and fetched now. */
  #goOn(): void {
    void this.#work.app.contact.sendNow().catch(exceptStorage);
    this.look();
  }

  async #look(): Promise<void> {
    if (this.#closed) return;
    await this.#tidy();
    const { view, device, app } = this.#work;
    const { wifiOnly = false, kept = [] } = this.files;
    const room = this.megabytes * 1_000_000;
    const wish = { asked: this.#asked, kept: await this.#keptMedia(kept), room };
    const known = wantedMedia(view.spaces.values(), { directory: view.directory, device }, wish);
    if (this.used > room)
      await keepWithin(app.db, room, new Set(known.map(({ media, part }) => fileId(media, part))));
    // BK3: where there is little room left, it is for what is made here.
    const short = app.care.usage !== undefined && app.care.usage.level !== 'fine';
    // MT9: over a network that costs something comes what is small.
    const sparing = wifiOnly && isPaidNetwork();
    const wanted = known.filter(({ media, part }) => {
      const row = this.#byId.get(fileId(media, part));
      const missing = row === undefined || row.state === 'comes';
      return missing && (this.#asked.has(media) || !(short || (sparing && part === 'file')));
    });
    const text = wanted.map(({ media, part }) => fileId(media, part)).join();
    if (text !== this.#wanted && wanted.length > 0) this.#fetcher.want(wanted);
    this.#wanted = text;
  }

  /** MT6: the media of the pages that this device keeps whole. */
  async #keptMedia(pages: readonly KeptPage[]): Promise<ReadonlySet<string>> {
    const all = await Promise.all(pages.map(({ space, page }) => this.inPages.of(space, page)));
    return new Set(all.flat().map(({ media }) => media));
  }

  /** What the records say of what is here: it has arrived by another way; it was removed, or is back. */
  async #tidy(): Promise<void> {
    const { db } = this.#work.app;
    const gone: string[] = [];
    for (const row of this.#rows.current) {
      const state = this.#confirmed(row.space);
      if (!state || row.change !== undefined) continue;
      const media = mediaIn(state, row.media);
      const removed = !media || media.removed !== undefined;
      if (row.state === 'here' || row.state === 'comes') {
        if (removed) gone.push(row.id);
      } else if (media?.here?.[row.part]) await db.mediaFiles.update(row.id, { state: 'here' });
      else if (row.state === 'unwanted' && !removed) await db.mediaFiles.update(row.id, { state: 'waits' });
    }
    if (gone.length > 0) await dropFiles(db, gone);
  }

  #confirmed(space: SpaceId) {
    const { view } = this.#work;
    return this.#work.isConfirmed(space) ? view.spaces.get(space) : undefined;
  }
}
