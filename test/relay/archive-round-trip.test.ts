import { expect, test } from 'vitest';
import type { MediaId, PageId, SpaceId } from '#lib/domain/ids.ts';
import type { PageOrigin } from '#lib/domain/page-origin.ts';
import type { ArchiveAnswer, TwinSpaceFile } from '#lib/protocol/archives.ts';
import { archivedMedia, lookedMedia } from '#lib/session/archive/archived-media.ts';
import { originOf } from '#lib/session/archive/archived-page.ts';
import { newIds, type NewIds } from '#lib/session/archive/new-ids.ts';
import { openArchive, type OpenArchive } from '#lib/session/archive/open-archive.ts';
import { pageDocument } from '#lib/yjs/page-document.ts';
import { pageFromParts } from '#lib/yjs/page-from-parts.ts';
import { pageTree, type Part } from '#lib/yjs/page-tree.ts';
import { jpeg } from '../support/media/pictures.ts';
import { edit } from '../support/page-edits.ts';
import { plainly } from '../support/plainly.ts';
import { founded } from '../support/relay-founded.ts';
import { announcing, RelayMedia } from '../support/relay-media.ts';
import { must } from '../support/relay-pages.ts';
import { freshId } from '../support/relay-tablet.ts';
import { Seeded } from '../support/seeded.ts';
import { archivedParts } from '../support/archive-file.ts';

type World = Awaited<ReturnType<typeof founded>>;

/** A page of the administrator's, made with what stands in it, as a tablet makes it. */
async function makes(
  { tablet, admin, space }: World,
  page: {
    readonly id: PageId;
    readonly title: string;
    readonly draft: boolean;
    readonly order: string;
    readonly parent?: PageId;
    readonly from?: PageOrigin;
  },
  parts: readonly Part[]
): Promise<void> {
  const { id, ...said } = page;
  await must(tablet.do(admin, 'page.create', { page: id, ...said }, { space }));
  const client = 1000 + Math.trunc(Math.random() * 1_000_000);
  for (const update of pageFromParts(parts, client)) {
    const [verdict] = await tablet.send(await tablet.signEdit(admin, id, client, update, { space }));
    expect(verdict?.is).toBe('accepted');
  }
}

async function adds(
  { tablet, admin, relay, space }: World,
  args: ReturnType<typeof announcing>,
  file: Uint8Array
) {
  await must(tablet.do(admin, 'media.add', args, { space }));
  expect((await new RelayMedia(relay.address, space).sends(tablet, args.media, file)).status).toBe(204);
}

/** A TwinSpace of pages under each other, some of them drafts, with whatever an editor can make, and media. */
async function anyTwinSpace(seed: number): Promise<World> {
  const [seeded, world] = [new Seeded(seed), await founded()];
  const media: MediaId[] = [];
  for (let at = 0; at < 3; at++) {
    const [id, file] = [freshId<MediaId>(), jpeg()];
    await adds(world, announcing(file, id), file);
    media.push(id);
  }
  const pages: PageId[] = [];
  for (let at = 0; at < 6; at++) {
    const doc = pageDocument({ keepDeleted: true });
    for (let step = 0; step < 25; step++) edit(doc, seeded);
    const parts = pageTree(doc).map((part): Part =>
      part.is === 'media' ? { ...part, media: media[seeded.below(3)] ?? part.media } : part
    );
    const id = freshId<PageId>();
    const parent = at === 0 || seeded.below(3) === 0 ? undefined : pages[seeded.below(at)];
    const said = { title: `Página ${at}`, draft: seeded.below(3) === 0, order: `a${at}` };
    await makes(world, { id, ...said, ...(parent ? { parent } : {}) }, parts);
    pages.push(id);
  }
  return world;
}

/** The archive of it, as it is downloaded. */
async function archiveOf({ tablet, relay, space }: World): Promise<OpenArchive> {
  const { body } = await tablet.ask<ArchiveAnswer>('POST', `/api/spaces/${space}/archives`, {});
  const answer = await fetch(`${relay.address}/api/spaces/${space}/archives/${body.archive}`, {
    headers: { Cookie: `__Host-twinspace-device=${tablet.cookie ?? ''}` }
  });
  const opened = await openArchive(await answer.blob());
  if (typeof opened === 'string') throw new Error(opened);
  return opened;
}

/** What an archive has, but for days, whose it is, and what things are called in it. */
async function told(archive: OpenArchive, ids: NewIds) {
  const { name: _, made: __, pages, media, ...said } = archive.said;
  const shown = [];
  for (const entry of pages) {
    const { title, draft, parent, by, more } = entry;
    const over = pages.find(({ page }) => page === parent)?.title;
    shown.push({
      title,
      draft,
      over,
      by,
      more,
      parts: plainly((await archivedParts(archive, entry, ids)) ?? [])
    });
  }
  const files = media.map(({ media: id, owner: _owner, on: _on, file, ...one }) => ({
    ...one,
    id: ids.media.get(id),
    there: file !== undefined
  }));
  return { said, shown, files: files.sort((one, other) => (one.id ?? '').localeCompare(other.id ?? '')) };
}

/** Things as they are called already. */
function ownIds({ pages, media }: TwinSpaceFile): NewIds {
  return {
    pages: new Map(pages.map(({ page }) => [page, page])),
    media: new Map(media.map((one) => [one.media, one.media]))
  };
}

test.each([1, 2, 3, 4])(
  '[FA1, FA8, FA9, FA5, FA6, TH8] the archive of what was read in on another relay is the same (seed %i)',
  async (seed) => {
    const archive = await archiveOf(await anyTwinSpace(seed));
    const there = await founded();
    const ids = await newIds(there.space as SpaceId, archive);
    for (const [at, entry] of archive.said.pages.entries()) {
      const [id, parts] = [ids.pages.get(entry.page), await archivedParts(archive, entry, ids)];
      if (!id || !parts) throw new Error('not read');
      const parent = entry.parent && ids.pages.get(entry.parent);
      const { title, draft = false } = entry;
      const order = `a${String.fromCharCode(65 + at)}`;
      const from = originOf(archive, entry);
      await makes(there, { id, title, draft, order, from, ...(parent ? { parent } : {}) }, parts);
    }
    for (const entry of archive.said.media) {
      const found = archivedMedia(archive, entry, ids);
      const args = found && (await lookedMedia(found, undefined, () => undefined));
      if (!args) throw new Error('not read');
      await adds(
        there,
        args as ReturnType<typeof announcing>,
        new Uint8Array(await found.file.arrayBuffer())
      );
    }
    const again = await archiveOf(there);
    expect(again.said.pages.some(({ draft }) => draft)).toBe(archive.said.pages.some(({ draft }) => draft));
    expect(await told(again, ownIds(again.said))).toEqual(await told(archive, ids));
  }
);
