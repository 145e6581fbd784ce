import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { sha256 } from '#lib/crypto/encoding.ts';
import { plusDays } from '#lib/domain/dates.ts';
import type { ChangeId, FileHash, MediaId, PageId, SecretHash, VisitId } from '#lib/domain/ids.ts';
import { contentOf, digestOf } from '#lib/published/content.ts';
import type { SignedChange } from '#lib/protocol/signed-change.ts';
import { pageDocument } from '#lib/yjs/page-document.ts';
import { pageTree } from '#lib/yjs/page-tree.ts';
import { machineClock } from '#relay/clock.ts';
import { bodyOf, newBlock, newElement, updateOf } from '../support/page-edits.ts';
import { RelayMedia } from '../support/relay-media.ts';
import { RelayProcess } from '../support/relay-process.ts';
import { found, freshId, type Founded } from '../support/relay-tablet.ts';
import { secretOf, Visitor } from '../support/visits.ts';
import { usedBy } from './changes.ts';
import { fromArchive } from './from-archive.ts';
import { picture } from './media.ts';
import { median, ms, type Measured } from './measure.ts';
import { oneForEach } from './starters.ts';

/** What is published: so many pages, with so many pictures in all; one more that is visited. */
const shown = { pages: 100, pictures: 3, visited: 6, times: 5 } as const;
const crowd = { visitors: 300, times: 5 } as const;
const sentence = 'El Ebro nace en Fontibre y llega al mar en un delta grande y llano. ';
const page = { blocks: 10, text: sentence.repeat(7) } as const;

export type World = Founded & { readonly relay: RelayProcess };

/** A page as somebody has written it, and what publishing it says of it. */
interface Written {
  readonly id: PageId;
  readonly digest: FileHash;
  readonly pictures: readonly MediaId[];
}

/** What visitors cost the relay: publishing a diary, the first visit, and a village that comes at once. */
export async function visits(): Promise<readonly Measured[]> {
  const relay = await RelayProcess.start();
  const world = { relay, ...(await found(relay.address, relay.setupPath.split('#')[1] ?? '')) };
  const { tablet, admin, space } = world;
  const diary: Written[] = [];
  for (let at = 0; at < shown.pages; at++) diary.push(await written(world, shown.pictures));
  const visited = await written(world, shown.visited);
  const measured = [...(await publishing(world, [...diary, visited]))];
  const visit = freshId<VisitId>();
  const secretHash = (await sha256(secretOf(visit))) as SecretHash;
  const expires = plusDays(machineClock.today(), 30);
  await must(
    tablet.send(
      await tablet.sign(
        admin,
        'visit.create',
        { visit, label: 'Familias', secretHash, expires, pages: 'all' },
        { space }
      )
    )
  );
  const visitor = await Visitor.at(relay.address, visit);
  measured.push(...(await firstVisit(visitor, visited)), ...(await village(world, visitor, visited)));
  await relay.dispose();
  return [...measured, ...(await oneForEach()), ...(await fromArchive())];
}

/** All are accepted. */
export async function must(verdicts: Promise<readonly { readonly is: string }[]>): Promise<void> {
  const no = (await verdicts).find(({ is }) => is !== 'accepted');
  if (no) throw new Error(JSON.stringify(no));
}

/** A page with text and pictures that the relay has. */
export async function written(
  { tablet, admin, space, relay }: World,
  pictures: number,
  bytes = 40_000
): Promise<Written> {
  const id = freshId<PageId>();
  const store = new RelayMedia(relay.address, space);
  const doc = pageDocument();
  const media: MediaId[] = [];
  const title = `Día ${id.slice(0, 4)}`;
  const made = { page: id, title, order: 'a0', draft: false };
  const changes: SignedChange[] = [await tablet.sign(admin, 'page.create', made, { space })];
  const files: Buffer[] = [];
  for (let at = 0; at < pictures; at++) {
    const file = picture(bytes);
    const one = freshId<MediaId>();
    const hash = createHash('sha256').update(file).digest('base64url') as string as FileHash;
    const args = { media: one, kind: 'jpeg', hash, bytes: file.length, width: 16, height: 8 } as const;
    changes.push(await tablet.sign(admin, 'media.add', args, { space }));
    media.push(one);
    files.push(file);
  }
  const update = updateOf(doc, () => {
    for (let at = 0; at < page.blocks; at++) bodyOf(doc).push([newBlock({}, page.text)]);
    for (const one of media)
      bodyOf(doc).push([newElement('media', { media: one, size: 'wide', alt: 'El río', caption: '' })]);
  });
  const after = changes.slice(0, 1).map(({ header }) => (JSON.parse(header) as { id: ChangeId }).id);
  changes.push(
    await tablet.signEdit(admin, id, doc.clientID, update ?? Uint8Array.of(0, 0), { space, after })
  );
  await must(tablet.send(...changes));
  for (const [at, one] of media.entries()) {
    const { status } = await store.sends(tablet, one, files[at] ?? Buffer.of());
    if (status !== 204) throw new Error(`an upload was answered with ${status}`);
  }
  const digest = await digestOf(contentOf(title, pageTree(doc), () => true));
  return { id, digest, pictures: media };
}

/** Somebody who edits another page again and again; at least once, until it is said that it is enough. What each took. */
async function editor({
  tablet,
  admin,
  space
}: World): Promise<(until: () => boolean) => Promise<readonly number[]>> {
  const id = freshId<PageId>();
  const made = { page: id, title: 'Otra', order: 'a0', draft: false };
  await must(tablet.send(await tablet.sign(admin, 'page.create', made, { space })));
  const doc = pageDocument({ keepDeleted: true });
  let after: ChangeId[] = [];
  return async (until) => {
    const took: number[] = [];
    do {
      const update = updateOf(doc, () => bodyOf(doc).push([newBlock({}, sentence)]));
      if (!update) throw new Error('nothing was written');
      const edit = await tablet.signEdit(admin, id, doc.clientID, update, { space, after });
      after = [(JSON.parse(edit.header) as { id: ChangeId }).id];
      const start = performance.now();
      await must(tablet.send(edit));
      took.push(performance.now() - start);
    } while (!until());
    return took;
  };
}

/** The middle of several times, each of them after nothing was published any more. */
async function publishing(world: World, pages: readonly Written[]): Promise<readonly Measured[]> {
  const all: Publishing[] = [];
  for (let time = 0; time < shown.times; time++) {
    if (time > 0) await unpublish(world, pages);
    all.push(await published(world, pages));
  }
  const [took, longest] = [median(all.map((one) => one.took)), median(all.map((one) => one.longest))];
  const pictures = pages.reduce((sum, one) => sum + one.pictures.length, 0);
  return [
    {
      what: `publishing ${pages.length} pages with ${pictures} pictures`,
      value: ms(took),
      expected: { text: '≤ 5 s', holds: took <= 5_000 }
    },
    {
      what: 'the longest wait of edits meanwhile',
      value: ms(longest),
      expected: { text: '≤ 50 ms', holds: longest <= 50 }
    }
  ];
}

async function unpublish({ tablet, admin, space }: World, pages: readonly Written[]): Promise<void> {
  for (const { id } of pages)
    await must(tablet.send(await tablet.sign(admin, 'page.unpublish', { page: id }, { space })));
}

/** Milliseconds: all of it, and the longest wait of edits meanwhile. */
interface Publishing {
  readonly took: number;
  readonly longest: number;
}

async function published(world: World, pages: readonly Written[]): Promise<Publishing> {
  const { tablet, admin, space } = world;
  const changes: SignedChange[] = [];
  for (const { id, digest } of pages)
    changes.push(await tablet.sign(admin, 'page.publish', { page: id, digest }, { space }));
  let done = false;
  const edits = await editor(world);
  const meanwhile = edits(() => done);
  const start = performance.now();
  // As a tablet sends them: in requests of some.
  for (let at = 0; at < changes.length; at += 32) await must(tablet.send(...changes.slice(at, at + 32)));
  const took = performance.now() - start;
  done = true;
  return { took, longest: Math.max(...(await meanwhile)) };
}

async function firstVisit(visitor: Visitor, { id }: Written): Promise<readonly Measured[]> {
  const html = await visitor.reads(id);
  const files = [...html.matchAll(/(?:src|href)="\/v\/[\w-]+\/([\w.]+\.(?:css|js))"/g)].map(
    ([, path = '']) => path
  );
  // As they are sent: nothing of a visit is compressed on its way.
  let bytes = Buffer.byteLength(html);
  let scripts = 0;
  for (const path of new Set(files)) {
    const text = await visitor.reads(path);
    bytes += Buffer.byteLength(text);
    if (path.endsWith('.js')) scripts += gzipSync(text).length;
  }
  const kilobytes = (value: number): string => `${(value / 1000).toFixed(1)} KB`;
  return [
    {
      what: `a first visit, page with ${shown.visited} pictures: bytes besides them`,
      value: kilobytes(bytes),
      expected: { text: '≤ 40 KB', holds: bytes <= 40_000 }
    },
    {
      what: 'its scripts, gzip',
      value: kilobytes(scripts),
      expected: { text: '≤ 6 KB', holds: scripts > 0 && scripts <= 6_000 }
    }
  ];
}

/** The middle of several times, and the first of them, for which the relay has not answered any visitor yet. */
async function village(world: World, visitor: Visitor, page: Written): Promise<readonly Measured[]> {
  const edits = await editor(world);
  const bursts: Burst[] = [];
  for (let time = 0; time < crowd.times; time++) bursts.push(await burst(world, visitor, page, edits));
  const [first] = bursts;
  const middle = (of: keyof Burst): number => median(bursts.map((one) => one[of]));
  const [seen, edited] = [middle('seen'), middle('edited')];
  return [
    {
      what: `${crowd.visitors} visitors at once on one page, p99`,
      value: ms(seen),
      expected: { text: '≤ 300 ms', holds: seen <= 300 }
    },
    { what: 'the same, just after the relay has begun', value: ms(first?.seen ?? Number.NaN) },
    { what: 'the processor for one of them, with the edits meanwhile', value: ms(middle('cpu')) },
    {
      what: 'an edit meanwhile, p99',
      value: ms(edited),
      expected: { text: '≤ 1 s', holds: edited <= 1_000 }
    }
  ];
}

/** Milliseconds: what visitors who come at once, and edits meanwhile, wait, p99; of the processor, for one of them. */
interface Burst {
  readonly seen: number;
  readonly edited: number;
  readonly cpu: number;
}

async function burst(
  world: World,
  visitor: Visitor,
  { id }: Written,
  edits: Awaited<ReturnType<typeof editor>>
): Promise<Burst> {
  let done = false;
  const meanwhile = edits(() => done);
  const before = usedBy(world.relay).cpu;
  const took = await Promise.all(
    Array.from({ length: crowd.visitors }, async () => {
      const start = performance.now();
      const answer = await visitor.ask(id);
      if (answer.status !== 200) throw new Error(`a page was answered with ${answer.status}`);
      await answer.text();
      return performance.now() - start;
    })
  );
  done = true;
  const cpu = (usedBy(world.relay).cpu - before) / crowd.visitors;
  const p99 = (values: readonly number[]): number =>
    values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? Number.NaN;
  return { seen: p99(took), edited: p99(await meanwhile), cpu };
}
