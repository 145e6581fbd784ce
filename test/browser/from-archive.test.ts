import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { blobSource } from '#lib/capture/blob-source.ts';
import { sha256 } from '#lib/crypto/encoding.ts';
import { plusDays } from '#lib/domain/dates.ts';
import type { FileHash, MediaId } from '#lib/domain/ids.ts';
import { edited } from '#lib/media/edit.ts';
import { look } from '#lib/media/look.ts';
import type { TwinSpaceFile } from '#lib/protocol/archives.ts';
import { newIds } from '#lib/session/archive/new-ids.ts';
import { openArchive } from '#lib/session/archive/open-archive.ts';
import { clockDay } from '#lib/store/device.ts';
import { take } from '#lib/store/outbox.ts';
import { writeTable } from '#lib/tables/write-table.ts';
import type { App } from '#lib/session/app.svelte.ts';
import { fileHash, luca, marta, mediaId, pageId, rios, today } from '../support/cast.ts';
import { archiveZip, documentOf, twinSpaceFile } from '../support/archive-file.ts';
import { riosDeEuropa } from '../support/world.ts';
import { accessible } from './support/accessible.ts';
import { photo } from './support/photo.ts';
import { sit } from './support/seat.ts';

const titles = ['Diario del Ebro', 'Fotos', 'Sin terminar', 'Glosario'];
const screen = `/space/${rios}/pages/from-archive`;
const pages: TwinSpaceFile['pages'] = titles.map((title, at) => ({
  page: pageId(`old-${at}`),
  title,
  ...(at === 1 ? { parent: pageId('old-0') } : {}),
  ...(at === 2 ? { draft: true as const } : {}),
  ...(at === 0 ? { by: ['Ana Uno', 'Leo'], more: 3 } : {}),
  html: `pages/0${at}-old.html`,
  document: `documents/0${at}-old.bin`
}));

/** An archive of four pages, with a picture; with two, where it is said. */
async function archive({
  spoilt = false,
  second = false,
  members = 'Iker Mar;Alumno;4.º A;iker.mar.1'
} = {}): Promise<Blob> {
  const file = new Uint8Array(await (await clean()).arrayBuffer());
  const hash = (await sha256(file)) as FileHash;
  const said = { owner: luca.id, on: today, kind: 'jpeg', width: 40, height: 30 } as const;
  const media: TwinSpaceFile['media'] = [
    {
      ...said,
      media: mediaId('old'),
      hash: spoilt ? fileHash('other') : hash,
      bytes: file.length,
      file: 'media/01-file.jpg'
    },
    { ...said, media: mediaId('lost'), hash: fileHash('lost'), bytes: 5 }
  ];
  const other = new Uint8Array(await (await clean(41)).arrayBuffer());
  if (second)
    media.push({
      ...said,
      width: 41,
      media: mediaId('second'),
      hash: (await sha256(other)) as FileHash,
      bytes: other.length,
      file: 'media/02-file.jpg'
    });
  const documents = titles.map((title, at) => [
    `documents/0${at}-old.bin`,
    spoilt && at === 3 ? 'no document' : documentOf(`${title}: el agua`)
  ]);
  return archiveZip({
    ...Object.fromEntries(documents),
    'media/01-file.jpg': file,
    ...(second ? { 'media/02-file.jpg': other } : {}),
    'members.csv': `Nombre;Papel;Grupos;Usuario\r\n${members}\r\n`,
    'twinspace.json': JSON.stringify(twinSpaceFile({ pages, media }))
  });
}

/** A picture that says nothing but what is seen. */
async function clean(width = 40): Promise<Blob> {
  const picture = await photo(width, 30);
  const looked = await look(blobSource(picture));
  if ('unwalkable' in looked) throw new Error(looked.unwalkable);
  const pieces: BlobPart[] = [];
  for await (const piece of edited(blobSource(picture), looked.edits)) pieces.push(new Uint8Array(piece));
  return new Blob(pieces, { type: picture.type });
}

/** A file that somebody drops, whose bytes can be held back. */
class Held {
  readonly #file: Blob;
  #left = Infinity;
  #open: () => void = () => undefined;
  #gate: Promise<void> = Promise.resolve();

  constructor(file: Blob) {
    this.#file = file;
  }

  /** From now on so many files in it are read, and the next one waits. */
  holdAfter(left: number): void {
    this.#left = left;
    this.#gate = new Promise((resolve) => (this.#open = resolve));
  }

  release(): void {
    this.#left = Infinity;
    this.#open();
  }

  async drop(): Promise<void> {
    const place = page.getByText('No lo descomprimas.');
    await expect.element(place).toBeVisible();
    const file = this.#wrapped(this.#file);
    const event = new Event('drop', { bubbles: true, cancelable: true });
    Object.defineProperty(event, 'dataTransfer', { value: { files: [file] } });
    place.element().dispatchEvent(event);
  }

  #wrapped(blob: Blob): Blob {
    const [slice, read] = [blob.slice.bind(blob), blob.arrayBuffer.bind(blob)];
    blob.slice = (from, to) => this.#wrapped(slice(from, to));
    blob.arrayBuffer = async () => {
      if (--this.#left < 0) await this.#gate;
      return read();
    };
    return blob;
  }
}

/** What waits on the device, by name. */
async function waiting({ db }: App): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (const { name } of await db.outbox.toArray())
    if (name !== 'access.record') counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

describe('reading an archive in', () => {
  test('[FA2, FA3] says what a file is that is none, and of one what it has, what is missing and what stays behind', async () => {
    await sit(marta, riosDeEuropa(), screen);
    await new Held(new Blob(['<html>'])).drop();
    await expect.element(page.getByRole('alert')).toMatchTextContent('Esto no es un archivo de TwinSpace');
    await new Held(await archive()).drop();
    await expect.element(page.getByRole('heading', { name: 'Ríos de Europa', level: 2 })).toBeVisible();
    await expect.element(page.getByText('Guardado el 19 jun 2026')).toBeVisible();
    await expect.element(page.getByText('4 páginas', { exact: true })).toBeVisible();
    await expect.element(page.getByText('1 es un borrador, y borrador se queda')).toBeVisible();
    await expect.element(page.getByText(/^1 foto, vídeo o sonido: /)).toBeVisible();
    await expect.element(page.getByText('1 foto, vídeo o sonido no está en el archivo')).toBeVisible();
    await expect.element(page.getByText('Nada se publica')).toBeVisible();
    await accessible('what is in an archive');
  });

  test('[FA1, FA4, FA5, FA6, FA7] is stopped and goes on, and once more changes nothing; the members are a list to look at', async () => {
    const app = await sit(marta, riosDeEuropa(), screen);
    const held = new Held(await archive());
    await held.drop();
    await expect.element(page.getByRole('button', { name: 'Traer todo' })).toBeVisible();
    held.holdAfter(2);
    await page.getByRole('button', { name: 'Traer todo' }).click();
    await expect.element(page.getByText('Páginas: 2 de 4. Fotos, vídeos y sonidos: 0 de 1.')).toBeVisible();
    await page.getByRole('button', { name: 'Parar' }).click();
    held.release();
    await expect.element(page.getByText('Parado', { exact: true })).toBeVisible();
    const { 'page.create': first = 0 } = await waiting(app);
    expect(first).toBeLessThan(4);
    await page.getByRole('button', { name: 'Seguir' }).click();
    await expect.element(page.getByText('Ya está todo aquí')).toBeVisible();
    await accessible('what came of it');
    const all = { 'page.create': 4, 'page.edit': 4, 'media.add': 1 };
    expect(await waiting(app)).toEqual(all);
    expect(await app.db.mediaFiles.where('state').equals('waits').count()).toBe(1);

    await page.getByRole('link', { name: 'Ver las páginas' }).click();
    await expect.element(page.getByRole('link', { name: /Sin terminar/ })).toBeVisible();
    await expect.element(page.getByText('Borrador').first()).toBeVisible();
  });

  test('[FA7] where the worker’s script cannot be loaded, it is all read in without one', async () => {
    const app = await sit(marta, riosDeEuropa(), screen);
    const { Worker: own } = globalThis;
    globalThis.Worker = class extends own {
      constructor() {
        super('/not-there.js', { type: 'module' });
      }
    };
    onTestFinished(() => void (globalThis.Worker = own));
    await new Held(await archive()).drop();
    await page.getByRole('button', { name: 'Traer todo' }).click();
    await expect.element(page.getByText('Ya está todo aquí')).toBeVisible();
    expect(await waiting(app)).toEqual({ 'page.create': 4, 'page.edit': 4, 'media.add': 1 });
  });

  test('[FA4] what is here already is said, and nothing is there twice; the members are a list to look at', async () => {
    const app = await sit(marta, riosDeEuropa(), screen);
    for (let time = 0; time < 2; time++) {
      await new Held(await archive()).drop();
      await page.getByRole('button', { name: 'Traer todo' }).click();
      await expect.element(page.getByText('Ya está todo aquí')).toBeVisible();
      if (time === 0) await page.getByRole('button', { name: 'Elegir otro' }).click();
    }
    await expect.element(page.getByText('no había nada nuevo')).toBeVisible();
    expect(await waiting(app)).toEqual({ 'page.create': 4, 'page.edit': 4, 'media.add': 1 });
    await page.getByRole('button', { name: 'Añadir a los miembros' }).click();
    await expect.element(page.getByRole('heading', { name: 'Añadir una clase', level: 1 })).toBeVisible();
    await expect.element(page.getByRole('textbox', { name: /Nombre/ }).first()).toBeVisible();
  });

  test('[FA5, FA6] what cannot be read in is named, and all else is read in', async () => {
    const app = await sit(marta, riosDeEuropa(), screen);
    await new Held(await archive({ spoilt: true })).drop();
    await page.getByRole('button', { name: 'Traer todo' }).click();
    await expect.element(page.getByText('Está aquí todo lo que se podía traer')).toBeVisible();
    await expect.element(page.getByText('La página «Glosario».')).toBeVisible();
    await expect.element(page.getByText('que no está en ninguna página.')).toBeVisible();
    expect(await waiting(app)).toEqual({ 'page.create': 3, 'page.edit': 3 });
  });

  test('[FA9] who wrote in a page there is told where it is asked who wrote what, and in its history', async () => {
    await sit(marta, riosDeEuropa(), screen);
    await new Held(await archive()).drop();
    await page.getByRole('button', { name: 'Traer todo' }).click();
    await page.getByRole('link', { name: 'Ver las páginas' }).click();
    await page.getByRole('link', { name: 'Diario del Ebro' }).click();
    await page.getByRole('button', { name: 'Quién escribió qué' }).click();
    const told = /^Traída de un archivo del 19 jun 2026\.\s+Allí escribieron Ana Uno, Leo y 3 más\./;
    await expect.element(page.getByText(told)).toMatchTextContent('sale aquí a nombre de');
    await accessible('who wrote in a page that was read in');
    await page.getByRole('button', { name: 'Opciones de Diario del Ebro' }).click();
    await page.getByRole('menuitem', { name: 'Historia' }).click();
    await expect
      .element(page.getByRole('heading', { name: 'Historia de la página', level: 1 }))
      .toBeVisible();
    await expect.element(page.getByText(told)).toBeVisible();
    await page.getByRole('button', { name: 'Borrar la historia' }).click();
    await expect.element(page.getByText('Se borra quién escribió en la página antes')).toBeVisible();
  });

  test('[FA10] what somebody else has brought at the same time falls with its text and its file, and nothing is in the tray', async () => {
    const app = await sit(marta, riosDeEuropa(), screen);
    await new Held(await archive()).drop();
    await page.getByRole('button', { name: 'Traer todo' }).click();
    await expect.element(page.getByText('Ya está todo aquí')).toBeVisible();
    const rows = await app.db.outbox.toArray();
    const second = rows.filter(({ name }) => name === 'page.create')[1];
    const picture = rows.find(({ name }) => name === 'media.add');
    const refused = [second, picture].flatMap((row) =>
      row ? [{ id: row.id, is: 'refused', code: 'here-already' } as const] : []
    );
    await take(app.db, refused, today);
    expect(await waiting(app)).toEqual({ 'page.create': 3, 'page.edit': 3 });
    expect(await app.db.tray.count()).toBe(0);
    expect(await app.db.mediaFiles.where('state').equals('waits').count()).toBe(0);
  });

  test('[FA10] one tab of a device reads at a time', async () => {
    const app = await sit(marta, riosDeEuropa(), screen);
    await new Held(await archive()).drop();
    await expect.element(page.getByRole('button', { name: 'Traer todo' })).toBeVisible();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const other = navigator.locks.request('twinspace-reading-in', () => held);
    await page.getByRole('button', { name: 'Traer todo' }).click();
    await expect.element(page.getByText('En otra pestaña de este dispositivo')).toBeVisible();
    expect(await waiting(app)).toEqual({});
    release();
    await other;
    await page.getByRole('button', { name: 'Seguir' }).click();
    await expect.element(page.getByText('Ya está todo aquí')).toBeVisible();
  });

  test('[FA10] beside a page that somebody made under its id the archive’s page is read in', async () => {
    const world = riosDeEuropa();
    const opened = await openArchive(await archive());
    if (typeof opened === 'string') throw new Error(opened);
    const squatted = (await newIds(rios, opened)).pages.get(pageId('old-0'));
    if (!squatted) throw new Error('no page');
    world.do(luca, 'page.create', { page: squatted, title: 'De otro', order: 'a0', draft: false });
    const app = await sit(marta, world, screen);
    await new Held(await archive()).drop();
    await page.getByRole('button', { name: 'Traer todo' }).click();
    await expect.element(page.getByText('Ya está todo aquí')).toBeVisible();
    expect(await waiting(app)).toEqual({ 'page.create': 4, 'page.edit': 4, 'media.add': 1 });
  });

  test('[FA10, FA3] bytes that somebody else has announced and never sent are given by whoever reads the same archive', async () => {
    const [world, file] = [riosDeEuropa(), await archive()];
    const opened = await openArchive(file);
    if (typeof opened === 'string') throw new Error(opened);
    const [said, media] = [opened.said.media[0], (await newIds(rios, opened)).media.get(mediaId('old'))];
    if (!said || !media) throw new Error('no picture');
    const { kind, hash, bytes, width, height } = said;
    world.do(luca, 'media.add', { media, kind, hash, bytes, width, height });
    const app = await sit(marta, world, screen);
    await new Held(file).drop();
    await expect.element(page.getByText(/^1 foto, vídeo o sonido: /)).toBeVisible();
    await page.getByRole('button', { name: 'Traer todo' }).click();
    await expect.element(page.getByText('Páginas: 4. Fotos, vídeos y sonidos: 1.')).toBeVisible();
    expect(await waiting(app)).toEqual({ 'page.create': 4, 'page.edit': 4 });
    const rows = await app.db.mediaFiles.toArray();
    expect(rows).toMatchObject([{ media, part: 'file', hash, bytes, state: 'waits' }]);
    // It waits for nothing: the relay knows what it is.
    expect(rows[0]?.change).toBeUndefined();
    expect(await app.db.pieces.where('file').equals(`${media}.file`).count()).toBe(1);

    // Once more: it lies here.
    await page.getByRole('button', { name: 'Elegir otro' }).click();
    await new Held(file).drop();
    await expect.element(page.getByText('Todo lo de este archivo ya está aquí.')).toBeVisible();
  });

  test('[FA7] waits while much lies here that the relay does not have', async () => {
    const app = await sit(marta, riosDeEuropa(), screen);
    const id = 'film.file';
    const film = {
      space: rios,
      media: 'film' as MediaId,
      part: 'file',
      kind: 'mp4',
      hash: fileHash('film')
    } as const;
    await app.db.mediaFiles.put({
      ...film,
      id,
      bytes: 200_000_000,
      state: 'waits',
      account: marta.id,
      seen: today
    });
    await new Held(await archive()).drop();
    await page.getByRole('button', { name: 'Traer todo' }).click();
    await expect.element(page.getByText('Se espera a que el servidor reciba')).toBeVisible();
    await app.db.mediaFiles.delete(id);
    await expect.element(page.getByText('Ya está todo aquí')).toBeVisible();
  });

  test('[FA3, FA7] says before that there is too little room, and ends when it is full, with what has come', async () => {
    const world = riosDeEuropa();
    world.do(marta, 'settings.set', { settings: { mediaSpaceMegabytes: 100 } });
    const much = { kind: 'jpeg', hash: fileHash('much'), bytes: 9_999_990, width: 40, height: 30 } as const;
    for (let at = 0; at < 10; at++) world.do(marta, 'media.add', { ...much, media: mediaId(`much ${at}`) });
    const app = await sit(marta, world, screen);
    await new Held(await archive()).drop();
    await expect.element(page.getByText('No caben todas')).toBeVisible();
    await page.getByRole('button', { name: 'Traer todo' }).click();
    await expect.element(page.getByText('No ha entrado todo')).toBeVisible();
    await expect.element(page.getByText('Se puede seguir con el mismo archivo.')).toBeVisible();
    expect(await waiting(app)).toEqual({ 'page.create': 4, 'page.edit': 4 });
  });

  test('[FA5] a page under one that cannot be made, or too deep, stands under the nearest above it, or is named', async () => {
    const bent: TwinSpaceFile['pages'] = Array.from({ length: 11 }, (_, at) => ({
      page: pageId(`bent-${at}`),
      // The second one is called by what nobody sees.
      title: at === 1 ? 'Ebro\u202e' : `Hoja ${at}`,
      ...(at > 0 ? { parent: pageId(`bent-${at - 1}`) } : {}),
      html: 'pages/00-old.html',
      // All have one document, but for one that has the archive's own words.
      document: at === 2 ? 'twinspace.json' : 'documents/00-old.bin'
    }));
    const app = await sit(marta, riosDeEuropa(), screen);
    await new Held(
      await archiveZip({
        'documents/00-old.bin': documentOf('el agua'),
        'twinspace.json': JSON.stringify(twinSpaceFile({ pages: bent, media: [] }))
      })
    ).drop();
    await page.getByRole('button', { name: 'Traer todo' }).click();
    await expect.element(page.getByText('Está aquí todo lo que se podía traer')).toBeVisible();
    // Of the eleven one has no title, one no document, and the last would be the ninth below each other.
    await expect.element(page.getByText('La página «Hoja 2».')).toBeVisible();
    await expect.element(page.getByText('La página «Hoja 10».')).toBeVisible();
    expect(await waiting(app)).toEqual({ 'page.create': 8, 'page.edit': 8 });
    await page.getByRole('link', { name: 'Ver las páginas' }).click();
    await expect.element(page.getByRole('link', { name: /Hoja 3/ })).toBeVisible();
  });

  test('[FA7, FA6] where the file is another one in the middle it says so, and nothing of what was cut off lies here', async () => {
    const app = await sit(marta, riosDeEuropa(), screen);
    const folder = await navigator.storage.getDirectory();
    const stick = await folder.getFileHandle('year.zip', { create: true });
    onTestFinished(() => folder.removeEntry('year.zip'));
    const write = async (content: Blob): Promise<void> => {
      const writing = await stick.createWritable();
      await writing.write(content);
      await writing.close();
    };
    await write(await archive());
    await new Held(await stick.getFile()).drop();
    await expect.element(page.getByRole('button', { name: 'Traer todo' })).toBeVisible();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const other = navigator.locks.request('twinspace-media-making', () => held);
    await page.getByRole('button', { name: 'Traer todo' }).click();
    await expect.element(page.getByText('Páginas: 4 de 4. Fotos, vídeos y sonidos: 0 de 1.')).toBeVisible();
    await write(new Blob(['otra cosa']));
    release();
    await other;
    await expect.element(page.getByText('No ha entrado todo')).toBeVisible();
    expect(await waiting(app)).toEqual({ 'page.create': 4, 'page.edit': 4 });
    expect([await app.db.pieces.count(), await app.db.mediaFiles.count()]).toEqual([0, 0]);
  });

  test('[FA7, ML2] where the day is full in the middle it ends with words, and what is left goes on the next day', async () => {
    const [world, file] = [riosDeEuropa(), await archive({ second: true })];
    const opened = await openArchive(file);
    if (typeof opened === 'string') throw new Error(opened);
    const [one, , two] = opened.said.media;
    if (!one || !two) throw new Error('too few pictures');
    world.now = clockDay();
    world.do(marta, 'settings.set', { settings: { mediaDayMegabytes: 10 } });
    // There is room for the first one today.
    const bytes = 10_000_000 - one.bytes - two.bytes + 1;
    const much = { kind: 'jpeg', hash: fileHash('much'), bytes, width: 40, height: 30 } as const;
    world.do(marta, 'media.add', { ...much, media: mediaId('much') });
    const app = await sit(marta, world, screen);
    await new Held(file).drop();
    await expect.element(page.getByText('Mañana eliges el mismo archivo')).toBeVisible();
    await page.getByRole('button', { name: 'Traer todo' }).click();
    await expect.element(page.getByText('No ha entrado todo')).toBeVisible();
    await expect.element(page.getByText('Por hoy has añadido todo lo que cabe.')).toBeVisible();
    expect(await waiting(app)).toEqual({ 'page.create': 4, 'page.edit': 4, 'media.add': 1 });
    // Of the other one nothing lies here that nobody would send.
    expect(await app.db.pieces.orderBy('file').uniqueKeys()).toHaveLength(1);

    await app.db.device.update('device', { seen: plusDays(clockDay(), 1) });
    await expect.poll(() => app.today()).toBe(plusDays(clockDay(), 1));
    await page.getByRole('button', { name: 'Seguir' }).click();
    await expect.element(page.getByText('Ya está todo aquí')).toBeVisible();
    expect(await waiting(app)).toEqual({ 'page.create': 4, 'page.edit': 4, 'media.add': 2 });
    expect(await app.db.tray.count()).toBe(0);
  });

  test('[FA1, TA8, G17] what stands in the list of the members is text: markup is shown and not run, and a formula goes out again as one that no spreadsheet computes', async () => {
    const ran = vi.fn();
    Object.assign(globalThis, { ran });
    onTestFinished(() => void Reflect.deleteProperty(globalThis, 'ran'));
    const markup = '<img src=x onerror=ran()>';
    const formula = '=HYPERLINK(1)';
    const members = `${markup} Mar;Alumno;4.º A;iker.mar.1\r\n'${formula};Alumno;4.º A;eva.puig.1`;
    await sit(marta, riosDeEuropa(), screen);
    await new Held(await archive({ members })).drop();
    await page.getByRole('button', { name: 'Traer todo' }).click();
    await page.getByRole('button', { name: 'Añadir a los miembros' }).click();
    await expect.element(page.getByRole('heading', { name: 'Añadir una clase', level: 1 })).toBeVisible();
    const fields = () => [...document.querySelectorAll('input')].map(({ value }) => value);
    await expect.poll(() => fields().join(' ')).toContain('HYPERLINK');
    expect(fields().join(' ')).toContain('onerror');
    expect(document.querySelector('main img[src="x"]')).toBeNull();
    expect(ran).not.toHaveBeenCalled();
    // What the one who takes it home writes of such a name.
    const cells = new TextDecoder().decode(writeTable([[formula, markup]], ';'));
    expect(cells).toContain(`'${formula}`);
  });

  test('[FA7, FA4] on a tablet that is full in the middle it ends, keeps whole pages alone, and goes on once there is room', async () => {
    const [app, file] = [await sit(marta, riosDeEuropa(), screen), await archive()];
    const opened = await openArchive(file);
    if (typeof opened === 'string') throw new Error(opened);
    const third = (await newIds(rios, opened)).pages.get(pageId('old-2'));
    await new Held(file).drop();
    await expect.element(page.getByRole('button', { name: 'Traer todo' })).toBeVisible();
    const { add } = IDBObjectStore.prototype;
    // The third page’s text finds no room, however many are kept at once.
    IDBObjectStore.prototype.add = function (...of) {
      const [row] = of as [{ readonly page?: string }];
      if (this.name === 'outbox' && row.page === third)
        throw new DOMException('no room', 'QuotaExceededError');
      return add.apply(this, of);
    };
    try {
      await page.getByRole('button', { name: 'Traer todo' }).click();
      await expect.element(page.getByText('No ha entrado todo')).toBeVisible();
    } finally {
      IDBObjectStore.prototype.add = add;
    }
    expect(await waiting(app)).toEqual({ 'page.create': 2, 'page.edit': 2 });
    await page.getByRole('button', { name: 'Seguir' }).click();
    await expect.element(page.getByText('Ya está todo aquí')).toBeVisible();
    expect(await waiting(app)).toEqual({ 'page.create': 4, 'page.edit': 4, 'media.add': 1 });
  });

  test('[FA1] is for administrators', async () => {
    await sit(luca, riosDeEuropa(), screen);
    await expect
      .element(page.getByRole('button', { name: 'Elegir el ZIP' }))
      .toHaveAttribute('aria-disabled', 'true');
  });
});
