import { describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { blobSource } from '#lib/capture/blob-source.ts';
import { Sha256 } from '#lib/capture/sha256.ts';
import { importPrivateKey, makeKey } from '#lib/crypto/signing.ts';
import type { CommandArgs } from '#lib/domain/commands/command.ts';
import type { FileHash, MediaId } from '#lib/domain/ids.ts';
import { edited } from '#lib/media/edit.ts';
import { look } from '#lib/media/look.ts';
import { signCommand } from '#lib/protocol/change.ts';
import type { MediaPart } from '#lib/protocol/media.ts';
import { makeBackup, type Backup } from '#lib/session/desk/make-backup.ts';
import type { Result } from '#lib/session/device/result.ts';
import { Database, type DeviceRow } from '#lib/store/database.ts';
import { fileId, pieceBytes, putPiece, wholeFile } from '#lib/store/media-files.ts';
import SaveFiles from '#lib/ui/SaveFiles.svelte';
import { marta, mediaId, rios, today, type Person } from '../support/cast.ts';
import { riosDeEuropa, type World } from '../support/world.ts';
import { accessible } from './support/accessible.ts';
import { photo } from './support/photo.ts';
import { sit } from './support/seat.ts';

const going = { stop: new AbortController().signal, step: () => undefined };

/** A tablet on which somebody worked without a network. */
class Elsewhere {
  readonly db = new Database(`elsewhere ${crypto.randomUUID()}`);
  readonly world: World;
  readonly #key = makeKey().then(({ privateKey }) => importPrivateKey(privateKey));

  constructor(world = riosDeEuropa()) {
    this.world = world;
  }

  /** A picture that was put into a page there, as it waits. */
  async picture(
    called: string,
    {
      who = marta,
      file,
      preview,
      accepted = false
    }: {
      readonly who?: Person;
      readonly file?: Blob;
      readonly preview?: Blob;
      /** The relay has the announcement and not the bytes. */
      readonly accepted?: boolean;
    } = {}
  ): Promise<MediaId> {
    const media = mediaId(called);
    const bytes = file ?? (await small());
    const { width, height } = await createImageBitmap(bytes);
    const kind = bytes.type === 'image/jpeg' ? 'jpeg' : 'webp';
    const said = { kind, hash: await hashOf(bytes), bytes: bytes.size } as const;
    const less = preview && { kind: 'webp' as const, hash: await hashOf(preview), bytes: preview.size };
    const args = { media, ...said, width, height, ...(less ? { preview: less } : {}) };
    const change = await this.#signed(who, args);
    if (accepted) this.world.do(who, 'media.add', args);
    for (const [part, blob] of [
      ['file', bytes],
      ...(preview ? [['preview', preview] as const] : [])
    ] as const) {
      const id = fileId(media, part as MediaPart);
      for (let at = 0; at < blob.size; at += pieceBytes)
        await putPiece(this.db, id, at / pieceBytes, await blob.slice(at, at + pieceBytes).arrayBuffer());
      await this.db.mediaFiles.put({
        id,
        space: rios,
        media,
        part: part as MediaPart,
        kind: part === 'file' ? kind : 'webp',
        hash: await hashOf(blob),
        bytes: blob.size,
        state: 'waits',
        account: who.id,
        seen: today,
        ...(accepted ? {} : { change })
      });
    }
    if (accepted) await this.db.outbox.where('id').equals(change).delete();
    return media;
  }

  copy(most?: number): Promise<Result<Backup>> {
    const deviceRow = { id: marta.device.id } as DeviceRow;
    return makeBackup({ db: this.db, deviceRow, today: () => today }, most);
  }

  /** All volumes of a copy. */
  async files(most?: number): Promise<readonly File[]> {
    const made = await this.copy(most);
    if (!made.ok) throw new Error('no copy');
    const files: File[] = [];
    for (let number = 1; number <= made.value.volumes; number++) {
      const file = await made.value.volume(number, going);
      if (!file?.ok) throw new Error('no file');
      files.push(file.value);
    }
    return files;
  }

  async #signed(who: Person, args: CommandArgs['media.add']) {
    const change = this.world.change(who, 'media.add', args, { id: crypto.randomUUID() as never });
    const { id, space, actor, name } = change;
    const signed = await signCommand(change, await this.#key);
    const since = '2026-11-29T10:00:00Z';
    await this.db.outbox.add({ id, space, actor, name, signed, since, state: { is: 'waiting' } });
    return id;
  }
}

async function hashOf(blob: Blob): Promise<FileHash> {
  const hash = new Sha256();
  hash.add(new Uint8Array(await blob.arrayBuffer()));
  return hash.end() as FileHash;
}

/** A picture as it is stored: browsers write more than what is seen, too (MD2). */
async function clean(blob: Blob): Promise<Blob> {
  const looked = await look(blobSource(blob));
  if ('unwalkable' in looked) throw new Error(looked.unwalkable);
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of edited(blobSource(blob), looked.edits)) pieces.push(new Uint8Array(piece));
  return new Blob(pieces, { type: blob.type });
}

async function small(): Promise<Blob> {
  return clean(await photo(320, 240, 'image/webp'));
}

/** A picture of a million colours, which no format makes small: more than a piece. */
async function noisy(width = 800, height = 700): Promise<Blob> {
  const data = new ImageData(width, height);
  for (let at = 0; at < data.data.length; at += 65_536)
    crypto.getRandomValues(data.data.subarray(at, Math.min(at + 65_536, data.data.length)));
  for (let at = 3; at < data.data.length; at += 4) data.data[at] = 255;
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d')?.putImageData(data, 0, 0);
  return clean(await canvas.convertToBlob({ type: 'image/jpeg', quality: 1 }));
}

/** Somebody has chosen these files. They are in the page already: nothing is carried through the browser. */
async function load(files: readonly File[]): Promise<void> {
  const chosen = new DataTransfer();
  for (const file of files) chosen.items.add(file);
  await expect.element(page.getByRole('button', { name: 'Cargar un archivo' })).toBeVisible();
  const input = document.querySelector<HTMLInputElement>('input[type=file]');
  if (!input) throw new Error('nothing to choose with');
  input.files = chosen.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

async function bytesOf(
  db: Database,
  media: MediaId,
  part: MediaPart = 'file'
): Promise<FileHash | undefined> {
  const blob = await wholeFile(db, fileId(media, part));
  return blob && hashOf(blob);
}

/** How many announcements wait there. */
function announcedIn(db: Database): Promise<number> {
  return db.outbox.filter(({ name }) => name === 'media.add').count();
}

/** The file with one of its bytes another, from a place in its middle on. */
async function bent(file: File, at: number): Promise<File> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return new File([bytes], file.name, { type: file.type });
}

const added = /cambios? cargad/;

describe('a copy with pictures', () => {
  test('[BK4, BK5, MT1, MT4] is taken in on another device: the same bytes, each waiting for its announcement; once more it changes nothing', async () => {
    const there = new Elsewhere();
    const media = await there.picture('river', { preview: await clean(await photo(160, 120, 'image/webp')) });
    const [file, more] = await there.files();
    if (!file || more) throw new Error('one file');
    expect(file.name).toMatch(/^twinspace-\d{4}-\d\d-\d\d-[0-9a-f]{8}\.zip$/);
    const { db } = await sit(marta, there.world, '/device');
    await load([file]);
    await expect.element(page.getByText('1 cambio cargado')).toBeVisible();
    await expect.element(page.getByText('1 foto, vídeo o voz cargada')).toBeVisible();
    for (const part of ['file', 'preview'] as const)
      expect(await bytesOf(db, media, part)).toBe(await bytesOf(there.db, media, part));
    const [row] = await there.db.outbox.toArray();
    const brought = await db.mediaFiles.toArray();
    expect(brought).toMatchObject([1, 2].map(() => ({ state: 'waits', change: row?.id, account: marta.id })));
    expect(await db.outbox.get({ id: row?.id ?? '' })).toMatchObject({ signed: row?.signed });
    await accessible('a copy that was loaded');
    await load([file]);
    await expect.element(page.getByText('No hay nada nuevo en ese archivo')).toBeVisible();
    expect(await db.mediaFiles.toArray()).toEqual(brought);
  });

  test('[BK4, BK5] whose announcement the relay has accepted can be sent at once; elsewhere nobody knows of it, and it says so', async () => {
    const there = new Elsewhere();
    const unheard = new Elsewhere();
    await unheard.picture('sea', { accepted: true });
    const media = await there.picture('river', { accepted: true });
    const { db } = await sit(marta, there.world, '/device');
    await load(await unheard.files());
    await expect.element(page.getByText('este dispositivo aún no conoce')).toBeVisible();
    expect(await db.pieces.count()).toBe(0);
    await load(await there.files());
    await expect.element(page.getByText('1 foto, vídeo o voz cargada')).toBeVisible();
    expect(await db.mediaFiles.toArray()).toMatchObject([{ media, state: 'waits' }]);
    expect((await db.mediaFiles.toArray())[0]).not.toHaveProperty('change');
  });

  test('[BK4, BK5] too large for one file: all parts together bring it; of one part what lies whole in it comes, and the others are named', async () => {
    const there = new Elsewhere();
    const river = await there.picture('river');
    const large = await there.picture('noise', { file: await noisy() });
    const files = await there.files(1_500_000);
    expect(files.length).toBeGreaterThan(1);
    for (const { size } of files) expect(size).toBeLessThanOrEqual(1_500_000);
    const of = files.length;
    expect(files.map(({ name }) => name)).toEqual(
      files.map(({ name }, at) => name.replace(/-\d+-\d+\.zip$/, `-${at + 1}-${of}.zip`))
    );
    const { db } = await sit(marta, there.world, '/device');
    await load(files.slice(0, 1));
    await expect.element(page.getByText(added)).toBeVisible();
    await expect.element(page.getByText(new RegExp(`^Falta 1 foto.*${of} partes.*también: 2`))).toBeVisible();
    expect(await bytesOf(db, river)).toBe(await bytesOf(there.db, river));
    expect(await bytesOf(db, large)).toBeUndefined();
    await load(files.toReversed());
    await expect.element(page.getByText('1 foto, vídeo o voz cargada')).toBeVisible();
    expect(await bytesOf(db, large)).toBe(await bytesOf(there.db, large));
  });

  test('[BK5] of which a picture was altered: everything else comes, and nothing of that one is kept', async () => {
    const there = new Elsewhere();
    const media = await there.picture('river');
    const [file] = await there.files();
    if (!file) throw new Error('no file');
    const { db } = await sit(marta, there.world, '/device');
    // The bytes of the picture lie before the list at the end.
    await load([await bent(file, file.size - 400)]);
    await expect.element(page.getByText(added)).toBeVisible();
    await expect.element(page.getByText('dañada en el archivo')).toBeVisible();
    expect([await db.mediaFiles.count(), await db.pieces.count()]).toEqual([0, 0]);
    expect(await announcedIn(db)).toBe(1);
    await load([file]);
    await expect.element(page.getByText('1 foto, vídeo o voz cargada')).toBeVisible();
    expect(await bytesOf(db, media)).toBe(await bytesOf(there.db, media));
  });

  test('[BK5, MD2] with a picture in which something is neither seen nor heard: it is not taken, although it was announced so', async () => {
    const there = new Elsewhere();
    // As a browser writes it, which is not as it is stored.
    await there.picture('river', { file: await photo(320, 240, 'image/webp') });
    const { db } = await sit(marta, there.world, '/device');
    await load(await there.files());
    await expect.element(page.getByText('dañada en el archivo')).toBeVisible();
    expect(await db.pieces.count()).toBe(0);
  });

  test('[BK2, BK5] cut off, of another program or no copy at all: each has its word, and nothing is taken', async () => {
    const there = new Elsewhere();
    await there.picture('river');
    const [file] = await there.files();
    if (!file) throw new Error('no file');
    const { db } = await sit(marta, there.world, '/device');
    const alert = page.getByRole('alert');
    await load([new File([file.slice(0, file.size - 5000)], 'a.zip')]);
    await expect.element(alert).toMatchTextContent('Esta copia está dañada');
    const listed = new Uint8Array(await file.arrayBuffer());
    // Compressed, as its list says (APPNOTE.TXT 4.4.5).
    listed[new DataView(listed.buffer).getUint32(file.size - 6, true) + 10] = 8;
    await load([new File([listed], 'b.zip')]);
    await expect.element(alert).toMatchTextContent('Otro programa ha descomprimido');
    await load([new File(['PK', new Uint8Array(200)], 'c.zip')]);
    await expect.element(alert).toMatchTextContent('no es una copia de TwinSpace');
    expect(await announcedIn(db)).toBe(0);
    expect(await db.pieces.count()).toBe(0);
  });

  test('[BK5, BK3] where there is no room for all of it: what people did comes, and what fits; the rest is told', async () => {
    const there = new Elsewhere();
    const river = await there.picture('river');
    await there.picture('noise', { file: await noisy() });
    const { db } = await sit(marta, there.world, '/device');
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (...of) {
      const piece = this.name === 'pieces' ? (of[0] as { bytes: ArrayBuffer }) : undefined;
      if (piece && piece.bytes.byteLength === pieceBytes) throw new DOMException('', 'QuotaExceededError');
      return put.apply(this, of);
    };
    try {
      await load(await there.files());
      await expect.element(page.getByText('2 cambios cargados')).toBeVisible();
      await expect.element(page.getByText('1 foto, vídeo o voz no cabe')).toBeVisible();
    } finally {
      IDBObjectStore.prototype.put = put;
    }
    expect(await db.mediaFiles.toArray()).toMatchObject([{ media: river, state: 'waits' }]);
    expect(await db.pieces.count()).toBe(1);
    await load(await there.files());
    await expect.element(page.getByText('1 foto, vídeo o voz cargada')).toBeVisible();
  });

  test('[BK5] stopped while it is read: nothing of it is here', async () => {
    const there = new Elsewhere();
    await there.picture('noise', { file: await noisy() });
    await there.picture('river');
    const files = await there.files();
    const { db } = await sit(marta, there.world, '/device');
    // The small picture is read, and the other one no further than to its first piece until somebody has stopped it.
    let goOn = (): void => undefined;
    const stopped = new Promise<void>((resolve) => (goOn = resolve));
    const { arrayBuffer } = Blob.prototype;
    Blob.prototype.arrayBuffer = async function () {
      if (this.size === pieceBytes) await stopped;
      return arrayBuffer.call(this);
    };
    try {
      await load(files);
      await expect.element(page.getByText('Leyendo la copia')).toBeVisible();
      await page.getByRole('button', { name: 'Cancelar' }).click();
      goOn();
      await expect.element(page.getByText('Leyendo la copia')).not.toBeInTheDocument();
    } finally {
      Blob.prototype.arrayBuffer = arrayBuffer;
    }
    expect(await announcedIn(db)).toBe(0);
    expect(await db.pieces.count()).toBe(0);
    await load(files);
    await expect.element(page.getByText('2 fotos, vídeos o voces cargadas')).toBeVisible();
  });
});

describe('saving a copy', () => {
  /** What is handed to the browser while this runs. */
  async function handedOver(run: () => Promise<void>): Promise<readonly Blob[]> {
    const blobs: Blob[] = [];
    const { createObjectURL } = URL;
    URL.createObjectURL = (blob) => {
      if (blob instanceof File) blobs.push(blob);
      return createObjectURL(blob);
    };
    try {
      await run();
    } finally {
      URL.createObjectURL = createObjectURL;
    }
    return blobs;
  }

  test('[BK4] in parts: one tap each, in order, with words that say that all are needed', async () => {
    const there = new Elsewhere();
    await there.picture('noise', { file: await noisy() });
    const of = (await there.files(1_500_000)).length;
    let saved = 0;
    await render(SaveFiles, { onmake: () => there.copy(1_500_000), onsaved: () => (saved += 1) });
    const handed = await handedOver(async () => {
      await page.getByRole('button', { name: 'Guardar en un archivo' }).click();
      for (let number = 2; number <= of; number++) {
        await expect.element(page.getByText(`Parte ${number - 1} de ${of} guardada`)).toBeVisible();
        await page.getByRole('button', { name: `Guardar la parte ${number} de ${of}` }).click();
      }
      await expect.element(page.getByRole('button', { name: 'Guardar en un archivo' })).toBeVisible();
    });
    expect([handed.length, saved]).toEqual([of, 1]);
  });

  test('[BK4, BK1] is offered where only pictures wait, and without any it is the text that it always was', async () => {
    const there = new Elsewhere();
    const app = await sit(marta, there.world, '/device');
    await app.db.outbox.clear();
    const save = page.getByRole('button', { name: 'Guardar en un archivo' });
    await expect.element(page.getByText('Hay 1 cambio para guardar.')).not.toBeInTheDocument();
    const media = mediaId('river');
    await app.db.pieces.put({ file: fileId(media, 'file'), index: 0, bytes: new ArrayBuffer(5) });
    await app.db.mediaFiles.put({
      id: fileId(media, 'file'),
      space: rios,
      media,
      part: 'file',
      kind: 'webp',
      hash: 'h' as FileHash,
      bytes: 5,
      state: 'waits',
      account: marta.id,
      seen: today
    });
    await expect.element(page.getByText('Hay 1 foto, vídeo o voz sin enviar.')).toBeVisible();
    const [zip] = await handedOver(async () => {
      await save.click();
      await expect.element(page.getByText('Copia guardada en tus descargas')).toBeVisible();
    });
    expect(zip?.type).toBe('application/zip');
    expect(await (await new Elsewhere().files())[0]?.text()).toMatch(/^\{"twinspace":"backup","v":1,/);
  });
});
