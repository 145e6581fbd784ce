import { describe, expect, test } from 'vitest';
import type { AccountId, DeviceId, PageId, SpaceId } from '#lib/domain/ids.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import { documentOfPage } from '#lib/domain/pages.ts';
import type { PageIn } from '#relay/storage/page-store.ts';
import type { Storage } from '#relay/storage/storage.ts';

const uuid = <Id extends string>(): Id => crypto.randomUUID() as string as Id;

/** What every storage keeps of pages. */
export function pageContract(
  name: string,
  open: () => Promise<{ readonly storage: Storage; readonly reopen: () => Promise<Storage> }>
): void {
  describe(`pages in ${name}`, () => {
    const writer = () => ({ client: 4_294_967_295, actor: uuid<AccountId>(), device: uuid<DeviceId>() });

    const here = (): PageIn => ({ space: uuid<SpaceId>(), page: uuid<PageId>() });

    test('[PG3] a clientID belongs to one writer of one page for ever', async () => {
      const { storage, reopen } = await open();
      const [space, page, other] = [uuid<SpaceId>(), uuid<PageId>(), uuid<PageId>()];
      const [first, second] = [writer(), writer()];
      await storage.pages.write(space, page, first);
      await storage.pages.write(space, other, second);
      await expect(storage.pages.write(space, page, second)).rejects.toThrow();
      const again = await reopen();
      expect(await again.pages.writers(space, page)).toEqual([first]);
      expect(await again.pages.writers(space, other)).toEqual([second]);
      expect(await again.pages.writers(uuid<SpaceId>(), page)).toEqual([]);
    });

    test('[GA21] within a transaction it is there for that one alone, and with it or not at all', async () => {
      const { storage } = await open();
      const [space, page] = [uuid<SpaceId>(), uuid<PageId>()];
      const update = { space, document: documentOfPage(page), generation: 1, update: Uint8Array.of(0, 0) };
      const work = (fails: boolean) =>
        storage.together(async (within) => {
          await within.pages.write(space, page, writer());
          await within.documents.append([update]);
          const seen = await within.pages.writers(space, page);
          if (fails) throw new Error('on purpose');
          return seen.length;
        });
      await expect(work(true)).rejects.toThrow('on purpose');
      expect(await storage.pages.writers(space, page)).toEqual([]);
      expect(await storage.documents.load(space, documentOfPage(page))).toBeUndefined();
      expect(await work(false)).toBe(1);
      expect((await storage.documents.load(space, documentOfPage(page)))?.updates).toHaveLength(1);
    });

    test('[PG8] which pages are to be told of is kept until it was told, each once', async () => {
      const { storage, reopen } = await open();
      const [space, page, other] = [uuid<SpaceId>(), uuid<PageId>(), uuid<PageId>()];
      for (const one of [page, page, other]) await storage.pages.move(space, one);
      const again = await reopen();
      const moved = await again.pages.moved();
      expect(moved).toHaveLength(2);
      await again.pages.told([{ space, page: other }]);
      expect(await again.pages.moved()).toEqual([{ space, page }]);
    });

    test('[PG10, PA13] versions are kept once for a person and a day, newest first, and gone when they are forgotten', async () => {
      const { storage, reopen } = await open();
      const [at, beside] = [here(), here()];
      const [ana, teo] = [uuid<AccountId>(), uuid<AccountId>()];
      const [one, two] = ['2026-11-24', '2026-11-25'] as CalendarDate[] as [CalendarDate, CalendarDate];
      await storage.pages.keepVersion(at, ana, one, Uint8Array.of(1));
      await storage.pages.keepVersion(at, teo, one, Uint8Array.of(2));
      await storage.pages.keepVersion(at, ana, two, Uint8Array.of(3));
      await storage.pages.keepVersion(beside, ana, one, Uint8Array.of(4));
      await expect(storage.pages.keepVersion(at, ana, one, Uint8Array.of(9))).rejects.toThrow();
      const again = await reopen();
      expect(await again.pages.hasVersion(at, teo, one)).toBe(true);
      expect(await again.pages.hasVersion(at, teo, two)).toBe(false);
      const kept = await again.pages.versions(at);
      expect(kept.map(({ before, on }) => [before, on])).toEqual([
        [ana, two],
        [teo, one],
        [ana, one]
      ]);
      const [newest] = kept;
      if (!newest) throw new Error('nothing was kept');
      expect(await again.pages.version(at, newest.version)).toEqual(Uint8Array.of(3));
      expect(await again.pages.version(beside, newest.version)).toBeUndefined();
      await again.pages.forgetHistory(at);
      expect([await again.pages.versions(at), (await again.pages.versions(beside)).length]).toEqual([[], 1]);
    });

    test('[PG10] of old ones, and of those beyond a number, the first of each week stays', async () => {
      const { storage } = await open();
      const [at, many] = [here(), here()];
      // 23 November 2026 is a Monday.
      const days = ['2026-11-21', '2026-11-22', '2026-11-23', '2026-11-25', '2026-11-29', '2026-11-30'];
      for (const page of [at, many])
        for (const day of days)
          await storage.pages.keepVersion(page, uuid<AccountId>(), day as CalendarDate, Uint8Array.of(1));
      for (let more = 0; more < 3; more++)
        await storage.pages.keepVersion(many, uuid<AccountId>(), days[5] as CalendarDate, Uint8Array.of(1));
      await storage.pages.thinVersions(days[4] as CalendarDate, 5);
      const left = async (page: PageIn): Promise<readonly string[]> =>
        (await storage.pages.versions(page)).map(({ on }) => on).reverse();
      // Of the first page six are one too many, and the first four too old; of the second the newest five stay.
      expect(await left(at)).toEqual(['2026-11-21', '2026-11-23', '2026-11-29', '2026-11-30']);
      expect(await left(many)).toEqual(['2026-11-21', '2026-11-23', '2026-11-29', ...Array(4).fill(days[5])]);
    });
  });
}
