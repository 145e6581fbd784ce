import { afterEach, describe, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import * as Y from 'yjs';
import type { AccountId, PageId } from '#lib/domain/ids.ts';
import { pageRoom } from '#lib/protocol/rooms.ts';
import type { App } from '#lib/session/app.svelte.ts';
import { fileId, putPiece } from '#lib/store/media-files.ts';
import { pageDocument } from '#lib/yjs/page-document.ts';
import { readZip } from '#lib/zip/read-zip.ts';
import {
  angel,
  fileHash,
  luca,
  marta,
  mediaId,
  pageId,
  rios,
  today,
  zoe,
  type Person
} from '../support/cast.ts';
import { bodyOf, newBlock, newElement } from '../support/page-edits.ts';
import { riosDeEuropa } from '../support/world.ts';
import { accessible } from './support/accessible.ts';
import { goto } from './support/kit/navigation.ts';
import { photo } from './support/photo.ts';
import { sit } from './support/seat.ts';

const [diary, below, draft, others] = ['diary', 'below', 'draft', 'others'].map(pageId) as [
  PageId,
  PageId,
  PageId,
  PageId
];
const [bridge, film] = [mediaId('bridge'), mediaId('film')];

/** A diary of the class with a page below it, a draft, and a page in which others wrote. */
async function classroom() {
  const world = riosDeEuropa();
  const made = { order: 'a0', draft: false };
  world.do(marta, 'page.create', { ...made, page: diary, title: 'Diario del Ebro' });
  world.do(marta, 'page.create', { ...made, page: below, title: 'Fotos', parent: diary });
  world.do(marta, 'page.create', {
    ...made,
    page: draft,
    title: 'Sin terminar',
    parent: diary,
    order: 'b0',
    draft: true
  });
  world.do(marta, 'page.create', { ...made, page: others, title: 'De otros', order: 'b0' });
  const bytes = await photo(40, 30);
  const said = { kind: 'jpeg', hash: fileHash('bridge'), bytes: bytes.size, width: 40, height: 30 } as const;
  world.do(angel, 'media.add', { ...said, media: bridge });
  world.do(zoe, 'media.add', { ...said, media: film, kind: 'mp4', seconds: 3 });
  return { world, bytes };
}

/** One for each line that somebody wrote. */
let clients = 0;

/** The device has the text of a page, and knows who wrote it. */
async function holds(
  { db }: App,
  id: PageId,
  ...lines: readonly { readonly by: Person; readonly text?: string; readonly media?: string }[]
): Promise<void> {
  const doc = pageDocument();
  const writers: { client: number; account: AccountId }[] = [];
  for (const { by, text = '', media } of lines) {
    doc.clientID = ++clients;
    writers.push({ client: clients, account: by.id });
    const size = { size: 'wide', alt: 'El puente', caption: '' };
    bodyOf(doc).push([media === undefined ? newBlock({}, text) : newElement('media', { media, ...size })]);
  }
  const room = pageRoom(rios, id);
  await db.documents.put({ room, update: Y.encodeStateAsUpdate(doc) });
  await db.heldPages.put({ room, moved: 1, writers });
}

/** The device has the picture of the bridge. */
async function holdsPicture({ db }: App, bytes: Blob): Promise<void> {
  const id = fileId(bridge, 'file');
  await putPiece(db, id, 0, await bytes.arrayBuffer());
  const said = { kind: 'jpeg', hash: fileHash('bridge'), bytes: bytes.size } as const;
  await db.mediaFiles.put({
    ...said,
    id,
    space: rios,
    media: bridge,
    part: 'file',
    state: 'here',
    seen: today
  });
}

/** The screen knows that the picture is here. */
async function nothingLacks(): Promise<void> {
  await expect.element(page.getByText(/^Falta |que no está/)).not.toBeInTheDocument();
}

/** What was read of this device for the file is told; from then on it is stopped. */
async function stopped(app: App): Promise<void> {
  const { mediaFiles } = app.db;
  const get = mediaFiles.get.bind(mediaFiles);
  let asked = false;
  let goOn = (): void => undefined;
  const held = new Promise<void>((resolve) => (goOn = resolve));
  Object.assign(mediaFiles, {
    get: async (key: string) => {
      asked = true;
      await held;
      return get(key);
    }
  });
  await page.getByRole('button', { name: 'Guardar en un archivo ZIP' }).click();
  await expect.poll(() => asked).toBe(true);
  await expect.element(page.getByText(/Preparando el archivo: \d+ %/)).toBeVisible();
  await page.getByRole('button', { name: 'Cancelar' }).click();
  goOn();
  Object.assign(mediaFiles, { get });
}

/** The file that the screen hands over, unpacked: texts by name, and names of what else is in it. */
async function saved(): Promise<ReadonlyMap<string, string>> {
  const handed: Blob[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    if (blob instanceof File) handed.push(blob);
    return 'blob:handed';
  });
  await page.getByRole('button', { name: 'Guardar en un archivo ZIP' }).click();
  await expect.poll(() => handed.length).toBe(1);
  const files = await readZip(handed[0] ?? new Blob());
  if (typeof files === 'string' || 'foreign' in files) throw new Error('no ZIP');
  const texts = new Map<string, string>();
  for (const [name, blob] of files) texts.set(name, await blob.text());
  return texts;
}

afterEach(() => vi.restoreAllMocks());

describe('a page that is taken home', () => {
  test('[TH1, TH2, TH3] is a ZIP with what is below it, the pictures that are here, and words for what is not', async () => {
    const { world, bytes } = await classroom();
    const app = await sit(luca, world, `/space/${rios}`);
    await holds(app, diary, { by: angel, text: 'Ángel vio una nutria.' }, { by: angel, media: bridge });
    await holds(app, below, { by: zoe, media: film });
    await holdsPicture(app, bytes);
    await goto(`/space/${rios}/pages/${diary}/home`);
    await expect.element(page.getByText('Falta 1 imagen, vídeo o sonido')).toBeVisible();
    await expect.element(page.getByRole('checkbox', { name: /Diario del Ebro/ })).toBeChecked();
    await accessible('take home');
    await page.getByRole('checkbox', { name: /Sin terminar/ }).click();
    const files = await saved();
    expect([...files.keys()].sort()).toEqual([
      'index.html',
      'media/01-el-puente.jpg',
      'pages/01-diario-del-ebro.html',
      'pages/02-fotos.html',
      'style.css'
    ]);
    expect(files.get('pages/01-diario-del-ebro.html')).toContain('<p data-say>Ángel vio una nutria.</p>');
    expect(files.get('pages/01-diario-del-ebro.html')).toContain('src="../media/01-el-puente.jpg"');
    expect(files.get('pages/02-fotos.html')).toContain('No está en esta copia.');
    expect(files.get('index.html')).toContain(
      '«Fotos»: 1 imagen, vídeo o sonido no está, o solo en pequeño.'
    );
    const all = [...files.values()].join('\n');
    for (const words of ['Sin terminar', 'angel.canorobles', 'Luca', 'Zoé']) expect(all).not.toContain(words);
  });
});

test('[TH5] says how far it is, and stopped it gives no file; the next one is whole', async () => {
  const { world, bytes } = await classroom();
  const app = await sit(marta, world, `/space/${rios}`);
  await holds(app, diary, { by: angel, media: bridge });
  await holdsPicture(app, bytes);
  await goto(`/space/${rios}/pages/${diary}/home`);
  await expect.element(page.getByText('Está entera.').first()).toBeVisible();
  await nothingLacks();
  const handed = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
  await stopped(app);
  await expect.element(page.getByText('Preparando el archivo')).not.toBeInTheDocument();
  expect(handed).not.toHaveBeenCalled();
  expect([...(await saved()).keys()]).toContain('media/01-el-puente.jpg');
});

describe('a portfolio', () => {
  test('[TH3, TH4, PE42] has the pages in which a pupil wrote, their own marked, and no draft that is not for them', async () => {
    const { world } = await classroom();
    const app = await sit(angel, world, `/space/${rios}`);
    await holds(app, diary, { by: angel, text: 'Vi una nutria.' }, { by: zoe, text: 'Yo una garza.' });
    await holds(app, others, { by: zoe, text: 'Nada de Ángel.' });
    await holds(app, draft, { by: angel, text: 'Lo que nadie ha visto.' });
    await goto(`/space/${rios}/pages`);
    await page.getByRole('link', { name: 'Mi portafolio' }).click();
    await expect.element(page.getByRole('checkbox', { name: /Diario del Ebro/ })).toBeChecked();
    await expect.element(page.getByText('1 foto, vídeo o sonido que no está')).toBeVisible();
    expect(page.getByRole('checkbox').elements()).toHaveLength(1);
    await accessible('portfolio');
    const files = await saved();
    const text = files.get('pages/01-diario-del-ebro.html') ?? '';
    expect(text).toContain('<p data-say class="own">');
    expect(text).toContain('<p data-say>Yo una garza.</p>');
    const all = [...files.values()].join('\n');
    for (const words of ['Lo que nadie', 'Sin terminar', 'Nada de', 'Zoé']) expect(all).not.toContain(words);
  });

  test.each([luca, marta])(
    '[TH4] of a teacher’s has what that teacher may read, drafts among it, whoever takes it: $username',
    async (taker) => {
      const { world } = await classroom();
      const app = await sit(taker, world, `/space/${rios}`);
      await holds(app, draft, { by: luca, text: 'Lo que preparo.' });
      await holds(app, others, { by: zoe, text: 'Nada suyo.' });
      await goto(`/space/${rios}/portfolio/${luca.id}`);
      await expect.element(page.getByRole('checkbox', { name: /Sin terminar/ })).toBeChecked();
      expect(page.getByRole('checkbox').elements()).toHaveLength(1);
    }
  );

  test('[PE42] of somebody else’s pupil is not for a teacher, who is told who may', async () => {
    const { world } = await classroom();
    await sit(luca, world, `/space/${rios}/portfolio/${angel.id}`);
    await expect.element(page.getByText('Marta Ríos')).toBeVisible();
    await expect
      .element(page.getByRole('button', { name: 'Guardar en un archivo ZIP' }))
      .not.toBeInTheDocument();
  });

  test('[TH4] says of how many pages it is not known here who wrote what', async () => {
    const { world } = await classroom();
    const app = await sit(marta, world, `/space/${rios}`);
    await holds(app, diary, { by: angel, text: 'Vi una nutria.' });
    await holds(app, others, { by: zoe, text: 'Otra cosa.' });
    await app.db.heldPages.update(pageRoom(rios, others), { writers: [] });
    await goto(`/space/${rios}/portfolio/${angel.id}`);
    await expect.element(page.getByText('De 1 página no se sabe aquí quién ha escrito')).toBeVisible();
  });
});

test('[TH6] pages are printed as they are read, each on a sheet of its own, with nothing of the app', async () => {
  const { world } = await classroom();
  const print = vi.spyOn(window, 'print').mockImplementation(() => undefined);
  const app = await sit(marta, world, `/space/${rios}`);
  await holds(app, diary, { by: angel, text: 'Vi una nutria.' });
  await goto(`/space/${rios}/pages/${diary}/home`);
  await page.getByRole('button', { name: 'Imprimir o guardar en PDF' }).click();
  await expect.poll(() => print.mock.calls.length).toBe(1);
  const sheets = document.querySelectorAll('.print-only article');
  expect([...sheets].map((sheet) => sheet.querySelector('h1')?.textContent)).toEqual([
    'Diario del Ebro',
    'Fotos',
    'Sin terminar'
  ]);
  expect(sheets[0]?.textContent).toContain('Vi una nutria.');
  // In which nothing stands is no place to begin on paper.
  expect(sheets[1]?.textContent?.trim()).toBe('Fotos');
  window.dispatchEvent(new Event('afterprint'));
  await expect.poll(() => document.querySelectorAll('.print-only article').length).toBe(0);
});

test('[TH4, TH6] a portfolio is printed with the own work marked, and with the media that stand in none of its pages', async () => {
  const { world, bytes } = await classroom();
  const print = vi.spyOn(window, 'print').mockImplementation(() => undefined);
  const app = await sit(angel, world, `/space/${rios}`);
  await holds(app, diary, { by: angel, text: 'Vi una nutria.' }, { by: zoe, text: 'Yo una garza.' });
  await holdsPicture(app, bytes);
  await goto(`/space/${rios}/portfolio/${angel.id}`);
  await expect.element(page.getByRole('checkbox', { name: /Diario del Ebro/ })).toBeChecked();
  await nothingLacks();
  await page.getByRole('button', { name: 'Imprimir o guardar en PDF' }).click();
  await expect.poll(() => print.mock.calls.length).toBe(1);
  const [sheet, media] = document.querySelectorAll('.print-only article');
  expect(sheet?.textContent).toContain('Lo que lleva una raya al lado lo hizo');
  expect([...(sheet?.querySelectorAll('.own') ?? [])].map((one) => one.textContent)).toEqual([
    expect.stringContaining('Vi una nutria.')
  ]);
  expect(media?.querySelector('h1')?.textContent).toBe('Fotos, vídeos y sonidos');
  expect(media?.querySelector<HTMLImageElement>('figure img')?.naturalWidth).toBe(40);
  window.dispatchEvent(new Event('afterprint'));
  // Without its pages, what was added is printed alone; in a page that is printed it stands once.
  await expect.poll(() => document.querySelectorAll('.print-only article').length).toBe(0);
  await page.getByRole('checkbox', { name: /Diario del Ebro/ }).click();
  await page.getByRole('button', { name: 'Imprimir o guardar en PDF' }).click();
  await expect.poll(() => print.mock.calls.length).toBe(2);
  expect(document.querySelectorAll('.print-only article')).toHaveLength(1);
});

test('[TH4, TH6] what somebody added to a page is marked there, and printed once', async () => {
  const { world, bytes } = await classroom();
  const print = vi.spyOn(window, 'print').mockImplementation(() => undefined);
  const app = await sit(angel, world, `/space/${rios}`);
  await holds(app, diary, { by: zoe, text: 'Yo una garza.' }, { by: angel, media: bridge });
  await holdsPicture(app, bytes);
  await goto(`/space/${rios}/portfolio/${angel.id}`);
  await expect.element(page.getByRole('checkbox', { name: /Diario del Ebro/ })).toBeChecked();
  await nothingLacks();
  await page.getByRole('button', { name: 'Imprimir o guardar en PDF' }).click();
  await expect.poll(() => print.mock.calls.length).toBe(1);
  expect(document.querySelectorAll('.print-only article')).toHaveLength(1);
  expect(document.querySelectorAll('.print-only .own')).toHaveLength(1);
  expect(document.querySelector('.print-only figure.own img')?.getAttribute('alt')).toBe('El puente');
});
