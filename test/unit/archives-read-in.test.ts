import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { MediaId, PageId, SpaceId } from '#lib/domain/ids.ts';
import { isUuid } from '#lib/domain/ids.ts';
import { twinSpaceCaps, type TwinSpaceFile } from '#lib/protocol/archives.ts';
import { archivedMedia, lookedMedia } from '#lib/session/archive/archived-media.ts';
import { originOf } from '#lib/session/archive/archived-page.ts';
import { newIds } from '#lib/session/archive/new-ids.ts';
import { openArchive, type OpenArchive } from '#lib/session/archive/open-archive.ts';
import { pageDocument } from '#lib/yjs/page-document.ts';
import { readZip } from '#lib/zip/read-zip.ts';
import { zipLength, zipStretch, type Sums } from '#relay/archives/zip.ts';
import {
  archivedParts,
  archiveZip,
  documentOf,
  twinSpaceFile,
  type ArchiveContent
} from '../support/archive-file.ts';
import { jpeg } from '../support/media/pictures.ts';
import { bodyOf, newBlock, newElement } from '../support/page-edits.ts';
import { hashOf } from '../support/relay-media.ts';
import { freshId } from '../support/relay-tablet.ts';

const [one, other] = [freshId<PageId>(), freshId<PageId>()];
const otter = freshId<MediaId>();
const picture = new Uint8Array(jpeg());
const owner = freshId<TwinSpaceFile['media'][number]['owner'] & string>();

const pages: TwinSpaceFile['pages'] = [
  { page: one, title: 'El Ebro', html: 'pages/01-el-ebro.html', document: 'documents/01-el-ebro.bin' },
  {
    page: other,
    title: 'Fotos',
    parent: one,
    html: 'pages/02-fotos.html',
    document: 'documents/02-fotos.bin'
  }
];
const media: TwinSpaceFile['media'] = [
  {
    media: otter,
    owner,
    on: '2026-06-01' as TwinSpaceFile['made'],
    kind: 'jpeg',
    hash: hashOf(picture),
    bytes: picture.length,
    width: 16,
    height: 8,
    file: 'media/01-file.jpg'
  }
];

/** A whole archive, but for this. */
function archive(but: ArchiveContent = {}, said: Partial<TwinSpaceFile> = {}): Promise<Blob> {
  return archiveZip({
    'documents/01-el-ebro.bin': documentOf('Vi una nutria.'),
    'documents/02-fotos.bin': documentOf('Fotos'),
    'media/01-file.jpg': picture,
    'index.html': '<h1>Ríos</h1>',
    'twinspace.json': JSON.stringify(twinSpaceFile({ pages, media, ...said })),
    ...but
  });
}

async function opened(zip: Blob): Promise<OpenArchive> {
  const answer = await openArchive(zip);
  if (typeof answer === 'string') throw new Error(answer);
  return answer;
}

/** The archive with other bytes at places of one entry of its list. */
async function bent(name: string, ...bytes: readonly (readonly [at: number, byte: number])[]): Promise<Blob> {
  const all = Buffer.from(await (await archive()).arrayBuffer());
  const header = all.lastIndexOf(name) - 46;
  for (const [at, byte] of bytes) all[header + at] = byte;
  return new Blob([all]);
}

describe('an archive that is read in', () => {
  test('[FA2] is opened by its list and what it says of itself', async () => {
    const { said, files, identity } = await opened(await archive());
    expect(said.pages.map(({ title }) => title)).toEqual(['El Ebro', 'Fotos']);
    expect(files.get('media/01-file.jpg')?.bytes.size).toBe(picture.length);
    expect(identity).toMatch(/^[\w-]{43}$/);
  });

  test('[FA2] of the same version that says more than this app knows is read, without that', async () => {
    const more = JSON.stringify({ ...twinSpaceFile({ pages }), theme: 'dark' });
    expect((await opened(await archive({ 'twinspace.json': more }))).said).toEqual(twinSpaceFile({ pages }));
  });

  test.each<[string, () => Blob | Promise<Blob>, string]>([
    ['nothing', () => new Blob([]), 'not-an-archive'],
    ['a picture', () => new Blob([picture]), 'not-an-archive'],
    ['a list of names', () => new Blob(['<script>alert(1)</script>;=1+1']), 'not-an-archive'],
    ['a ZIP of something else', () => archiveZip({ 'photo.jpg': picture }), 'not-an-archive'],
    ['a ZIP of nothing', () => archiveZip({}), 'not-an-archive'],
    ['a copy of a tablet', () => archiveZip({ 'twinspace-backup.json': '{}' }), 'not-an-archive'],
    [
      'a portfolio',
      () => archiveZip({ 'index.html': '', 'pages/01-el-ebro.html': '', 'style.css': '' }),
      'archive-only-pages'
    ],
    [
      'one that says it is something else',
      () => archive({ 'twinspace.json': '{"format":"zip"}' }),
      'not-an-archive'
    ],
    [
      'one of a newer version',
      () => archive({ 'twinspace.json': '{"format":"twinspace","version":2}' }),
      'archive-newer'
    ],
    ['one that says nothing', () => archive({ 'twinspace.json': '' }), 'archive-damaged'],
    [
      'one that says too much',
      () => archive({ 'twinspace.json': ' '.repeat(twinSpaceCaps.text + 1) }),
      'archive-damaged'
    ],
    ['one without its end', async () => (await archive()).slice(0, -1), 'archive-damaged'],
    ['one that was cut off', async () => (await archive()).slice(0, 400), 'archive-damaged'],
    ['one with something behind it', async () => new Blob([await archive(), 'x']), 'archive-damaged'],
    ['one whose list says more files', () => tooMany(), 'archive-damaged'],
    ['one that is enciphered', () => bent('media/01-file.jpg', [8, 9]), 'archive-repacked'],
    ['one that is compressed', () => bent('media/01-file.jpg', [10, 8]), 'archive-repacked'],
    ['one that unpacks to gigabytes', () => bent('media/01-file.jpg', [27, 255]), 'archive-repacked'],
    [
      'one that begins where another file lies',
      () => bent('media/01-file.jpg', [42, 0], [43, 0]),
      'archive-repacked'
    ],
    ['one with a link to another file', () => bent('media/01-file.jpg', [41, 0xa1]), 'archive-repacked'],
    ['one with a folder as a file', () => bent('media/01-file.jpg', [41, 0x41]), 'archive-repacked'],
    ...[
      '../up.bin',
      '/etc/passwd',
      'C:\\up.bin',
      'con',
      'media/nul.',
      'a\u0000b.bin',
      'media/ä.jpg',
      'a/b/c.bin'
    ].map((name): [string, () => Promise<Blob>, string] => [
      `one with ${JSON.stringify(name)}`,
      () => archive({ [name]: 'x' }),
      'archive-repacked'
    ])
  ])('[FA2] %s is refused, and said why', async (_, file, code) => {
    expect(await openArchive(await file())).toBe(code);
  });

  test('[FA2] with a name twice is damaged', async () => {
    const all = Buffer.from(await (await archive()).arrayBuffer());
    const [from, to] = ['documents/01-el-ebro.bin', 'documents/02-fotos.bin--'];
    const twice = Buffer.from(await (await archive({ [to]: 'x' }, {})).arrayBuffer());
    twice.write(from, twice.lastIndexOf(to), 'latin1');
    expect(await openArchive(new Blob([all]))).not.toBe('archive-damaged');
    expect(await openArchive(new Blob([twice]))).toBe('archive-damaged');
  });

  test.each<[string, Partial<TwinSpaceFile>]>([
    ['a page twice', { pages: [...pages, ...pages.slice(0, 1)] }],
    ['a page before the one above it', { pages: pages.toReversed() }],
    ['a page under itself', { pages: [{ ...page(0), parent: one }] }],
    ['media twice', { media: [...media, ...media] }],
    ['a title of a book', { pages: [{ ...page(0), title: 'x'.repeat(10_000) }] }],
    ['a path upward', { pages: [{ ...page(0), document: '../../key.bin' }] }],
    [
      'more pages than there can be',
      { pages: Array.from({ length: 2001 }, () => ({ ...page(0), page: freshId<PageId>() })) }
    ]
  ])('[FA2] that says of itself %s is damaged', async (_, said) => {
    expect(await openArchive(await archive({}, said))).toBe('archive-damaged');
  });

  test('[FA2] beyond four gigabytes is opened as the relay lays it out, and little of it is read', async () => {
    const text = Buffer.from(JSON.stringify(twinSpaceFile({ pages, media })));
    const films = [1, 2, 3].map((at) => ({ name: `media/0${at}-file.mp4`, size: 3_000_000_000 }));
    const files = [...films, { name: 'twinspace.json', size: text.length }];
    const sums: Sums = new Map(films.map((__, at) => [at, 1]));
    const on = new Date(2026, 10, 30);
    const from = films.reduce((sum, { name, size }) => sum + 30 + name.length + size + 16, 0);
    const parts: Uint8Array<ArrayBuffer>[] = [];
    const stretch = { from, to: zipLength(files), on, sums };
    const read = async function* (): AsyncGenerator<Uint8Array, void, void> {
      yield await Promise.resolve(text);
    };
    for await (const bytes of zipStretch(files, stretch, read)) parts.push(new Uint8Array(bytes));
    const file = new Sparse(from, new Blob(parts));
    const found = await readZip(file);
    if (typeof found === 'string' || 'foreign' in found) throw new Error('not read');
    expect([...found].map(([name, { size }]) => [name, size])).toEqual(
      files.map(({ name, size }) => [name, size])
    );
    expect(await found.get('twinspace.json')?.text()).toBe(text.toString());
    expect(file.readBytes).toBeLessThan(10_000);
  });

  test('[FA4] has the same new ids whenever it is read into a TwinSpace, and others elsewhere', async () => {
    const [first, second] = [
      await opened(await archive()),
      await opened(await archive({}, { name: 'Otra' }))
    ];
    const [here, there] = [freshId<SpaceId>(), freshId<SpaceId>()];
    const ids = await newIds(here, first);
    expect(await newIds(here, first)).toEqual(ids);
    const all = await Promise.all([ids, newIds(there, first), newIds(here, second)]);
    const made = all.flatMap((of) => [...of.pages.values(), ...of.media.values()]);
    expect(new Set([...made, one, other, otter]).size).toBe(12);
    expect(made.every(isUuid)).toBe(true);
  });

  test('[FA10] what stands under an id that is something else’s has the next, and all that leads to it, too', async () => {
    const [found, here] = [await opened(await archive()), freshId<SpaceId>()];
    const ids = await newIds(here, found);
    const [squatted, stolen] = [ids.pages.get(one), ids.media.get(otter)];
    const taken = {
      page: (id: PageId) => id === squatted,
      media: (id: MediaId) => id === stolen
    };
    const others = await newIds(here, found, taken);
    expect(others.pages.get(other)).toBe(ids.pages.get(other));
    expect(others.pages.get(one)).not.toBe(squatted);
    expect(others.media.get(otter)).not.toBe(stolen);
    expect(await newIds(here, found, taken)).toEqual(others);
    const all = await newIds(here, found, { page: () => true, media: () => true });
    expect([...all.pages.values(), ...all.media.values()].every(isUuid)).toBe(true);
  });

  test('[FA5] a page has links and media under their new ids, and nothing of what the archive does not have', async () => {
    const doc = pageDocument();
    const lost = freshId<MediaId>();
    const [linked, nowhere] = [newBlock({}, 'Fotos'), newBlock({ kind: 'bullet' }, 'Nada')];
    const shown = [otter, lost].map((id) =>
      newElement('media', { media: id, size: 'wide', alt: 'A', caption: 'C' })
    );
    bodyOf(doc).push([linked, nowhere, ...shown]);
    const format = (block: Y.XmlElement, marks: Readonly<Record<string, object>>): void => {
      const text = block.firstChild;
      if (text instanceof Y.XmlText) text.format(0, text.length, marks);
    };
    format(linked, { link: { href: `page:${other}` } });
    format(nowhere, { link: { href: `page:${freshId<PageId>()}` }, bold: {} });
    const found = await opened(
      await archive({ 'documents/01-el-ebro.bin': new Uint8Array(Y.encodeStateAsUpdate(doc)) })
    );
    const ids = await newIds(freshId<SpaceId>(), found);
    expect(await archivedParts(found, page(0), ids)).toEqual([
      {
        is: 'paragraph',
        indent: 0,
        runs: [{ text: 'Fotos', marks: [], href: `page:${ids.pages.get(other) ?? ''}` }]
      },
      { is: 'list', kind: 'bullet', items: [{ runs: [{ text: 'Nada', marks: ['bold'] }], lists: [] }] },
      { is: 'media', media: ids.media.get(otter), size: 'wide', alt: 'A', caption: 'C' }
    ]);
  });

  test('[FA9] a page says of which day the archive is and who wrote in it; an older archive says only the day', async () => {
    const by = ['Ana Uno', '\u202eoeL', 'Leo'];
    const told = pages.map((entry, at) => (at === 0 ? { ...entry, by, more: 2 } : entry));
    const found = await opened(await archive({}, { pages: told }));
    const on = twinSpaceFile().made;
    expect(found.said.pages.map((entry) => originOf(found, entry))).toEqual([
      { on, by: ['Ana Uno', 'Leo'], more: 3 },
      { on, by: [] }
    ]);
    const many = pages.map((entry) => ({ ...entry, by: Array<string>(21).fill('Ana') }));
    expect(await openArchive(await archive({}, { pages: many }))).toBe('archive-damaged');
  });

  test.each<[string, () => Uint8Array<ArrayBuffer>]>([
    ['cut off', () => documentOf('El Ebro nace en Fontibre.').slice(0, 30)],
    ['no document', () => new Uint8Array(Buffer.from('<p>El Ebro</p>'))],
    ['larger than a page can be', () => new Uint8Array(5 * 1024 * 1024)],
    ['half of one', () => half()],
    ['nested without end', () => nested()]
  ])('[FA5] a page whose document is %s is not read', async (_, document) => {
    const found = await opened(await archive({ 'documents/01-el-ebro.bin': document() }));
    expect(await archivedParts(found, page(0), await newIds(freshId<SpaceId>(), found))).toBeUndefined();
  });

  test('[FA5] a page whose bytes are not those that were packed is not read', async () => {
    const all = Buffer.from(await (await archive()).arrayBuffer());
    all.write('Vi una garza .', all.indexOf('Vi una nutria.'));
    const found = await opened(new Blob([all]));
    const ids = await newIds(freshId<SpaceId>(), found);
    expect(await archivedParts(found, page(0), ids)).toBeUndefined();
    expect(await archivedParts(found, page(1), ids)).toBeDefined();
  });

  test('[FA6] media are announced as the archive has them; what is another file, or says more, is not', async () => {
    const told = { page: one, read: () => undefined };
    const take = async (
      bytes: Uint8Array<ArrayBuffer>,
      but: Partial<TwinSpaceFile['media'][number]> = {}
    ) => {
      const [entry] = media;
      if (!entry) throw new Error('no media');
      const said = { ...entry, ...but };
      const found = await opened(await archive({ 'media/01-file.jpg': bytes }, { media: [said] }));
      const there = archivedMedia(found, said, await newIds(freshId<SpaceId>(), found));
      return there && lookedMedia(there, told.page, told.read);
    };
    expect(await take(picture)).toMatchObject({
      kind: 'jpeg',
      bytes: picture.length,
      width: 16,
      page: one
    });
    const marked = new Uint8Array(Buffer.concat([picture, Buffer.from('GPS 41.65')]));
    expect(await take(marked, { bytes: marked.length, hash: hashOf(marked) })).toBeUndefined();
    expect(await take(marked)).toBeUndefined();
    expect(await take(picture, { width: 17 })).toBeUndefined();
    expect(await take(picture, { kind: 'png' })).toBeUndefined();
    expect(await take(picture.map((byte) => byte ^ 1))).toBeUndefined();
  });
});

function page(at: number): TwinSpaceFile['pages'][number] {
  const found = pages[at];
  if (!found) throw new Error('no page');
  return found;
}

/** Its end says that there are 65,535. */
async function tooMany(): Promise<Blob> {
  const all = Buffer.from(await (await archive()).arrayBuffer());
  all.writeUInt32LE(0xffffffff, all.length - 14);
  return new Blob([all]);
}

/** What a page was given second, without what came first. */
function half(): Uint8Array<ArrayBuffer> {
  const doc = pageDocument();
  bodyOf(doc).push([newBlock({}, 'uno')]);
  const before = Y.encodeStateVector(doc);
  bodyOf(doc).push([newBlock({}, 'dos')]);
  return new Uint8Array(Y.encodeStateAsUpdate(doc, before));
}

/** Tables in the cells of tables. */
function nested(): Uint8Array<ArrayBuffer> {
  const doc = pageDocument();
  let within: Y.XmlFragment = bodyOf(doc);
  for (let depth = 0; depth < 300; depth++) {
    const [table, row, cell] = ['table', 'row', 'cell'].map((name) => new Y.XmlElement(name));
    if (!table || !row || !cell) break;
    within.push([table]);
    table.push([row]);
    row.push([cell]);
    within = cell;
  }
  return new Uint8Array(Y.encodeStateAsUpdate(doc));
}

/** A file of which only the end is there, and that counts what is read of it. */
class Sparse extends Blob {
  readonly #before: number;
  readonly #end: Blob;
  readBytes = 0;

  constructor(before: number, end: Blob) {
    super();
    this.#before = before;
    this.#end = end;
  }

  override get size(): number {
    return this.#before + this.#end.size;
  }

  override slice(from = 0, to = this.size): Blob {
    if (from < this.#before) return new Sparse(to - from, new Blob());
    this.readBytes += to - from;
    return this.#end.slice(from - this.#before, to - this.#before);
  }
}
