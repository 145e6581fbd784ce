import { expect, test } from 'vitest';
import type { PageId, SpaceId } from '#lib/domain/ids.ts';
import { MediaInPages } from '#lib/session/media/media-in-pages.ts';
import type { Part } from '#lib/yjs/page-tree.ts';

const space = crypto.randomUUID() as string as SpaceId;
const [river, wood] = [crypto.randomUUID(), crypto.randomUUID()] as string[] as [PageId, PageId];

/** Pages with one picture each, named after the text of which it is. */
class Texts {
  readonly names = new Map<PageId, string>();
  readonly reads: PageId[] = [];
  fails = false;

  textName(_: SpaceId, page: PageId): Promise<string> {
    return Promise.resolve(this.names.get(page) ?? '0');
  }

  async read(_: SpaceId, page: PageId): Promise<readonly Part[]> {
    this.reads.push(page);
    if (this.fails) throw new Error('the storage does not answer');
    const media = `${page}/${await this.textName(space, page)}`;
    return [{ is: 'media', media, alt: '', caption: '', size: 'wide' } as Part];
  }
}

test('[MT6] a page that is kept whole is read once for each text that it has had, however many files arrive', async () => {
  const texts = new Texts();
  const media = new MediaInPages(texts);
  const of = async (page: PageId) => (await media.of(space, page)).map((one) => one.media);
  for (let arrived = 0; arrived < 50; arrived++) {
    expect(await of(river)).toEqual([`${river}/0`]);
    expect(await of(wood)).toEqual([`${wood}/0`]);
  }
  expect(texts.reads).toEqual([river, wood]);
  texts.names.set(wood, '1');
  expect(await Promise.all([of(wood), of(wood), of(river)])).toEqual([
    [`${wood}/1`],
    [`${wood}/1`],
    [`${river}/0`]
  ]);
  expect(texts.reads).toEqual([river, wood, wood]);

  texts.fails = true;
  texts.names.set(river, '1');
  await expect(of(river)).rejects.toThrow();
  texts.fails = false;
  expect(await of(river)).toEqual([`${river}/1`]);
});
