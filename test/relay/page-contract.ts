import { describe, expect, test } from 'vitest';
import type { AccountId, DeviceId, PageId, SpaceId } from '#lib/domain/ids.ts';
import { documentOfPage } from '#lib/domain/pages.ts';
import type { Storage } from '#relay/storage/storage.ts';

const uuid = <Id extends string>(): Id => crypto.randomUUID() as string as Id;

/** What every storage keeps of pages. */
export function pageContract(
  name: string,
  open: () => Promise<{ readonly storage: Storage; readonly reopen: () => Promise<Storage> }>
): void {
  describe(`pages in ${name}`, () => {
    const writer = () => ({ client: 4_294_967_295, actor: uuid<AccountId>(), device: uuid<DeviceId>() });

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
  });
}
