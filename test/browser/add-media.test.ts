import { expect, onTestFinished, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { readDrawing } from '#lib/capture/drawing.ts';
import { wholeFile } from '#lib/store/media-files.ts';
import { take } from '#lib/store/outbox.ts';
import { letIn } from '../support/let-in.ts';
import { afterLock, begunOn } from './support/begun.ts';
import { marta, rios } from '../support/cast.ts';
import { riosDeEuropa } from '../support/world.ts';
import { goto } from './support/kit/navigation.ts';
import { photo } from './support/photo.ts';
import { password, sit } from './support/seat.ts';

const button = (name: string | RegExp) => page.getByRole('button', { name });

/** Somebody writes in a new page of theirs. */
async function writes() {
  const app = await sit(marta, riosDeEuropa(), `/space/${rios}/pages`);
  await button('Página nueva').first().click();
  await page.getByLabelText('Título').fill('El Ebro');
  await button('Crear la página').click();
  await button('Escribir').first().click();
  await expect.element(page.getByRole('textbox', { name: 'El Ebro' })).toHaveFocus();
  return app;
}

/** Pictures are pasted at once, made ready and put into the page. */
async function puts(count: number, words = `Poner las ${count} en la página`): Promise<void> {
  const all = await Promise.all(
    Array.from({ length: count }, async (_, at) => {
      const bytes = new Uint8Array(await (await photo(200 + at, 150)).arrayBuffer());
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    })
  );
  letIn(['paste', ...all]);
  await button(words).click();
}

/** The browser has no room for the pieces of the so-manieth file, once one of them is stored; the answer makes room again. */
function fullAt(which: number): () => void {
  const media = new Set<string>();
  let stored = 0;
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (...row) {
    if (this.name === 'pieces') {
      media.add((row[0] as { readonly file: string }).file.split('.')[0] ?? '');
      if (media.size === which && stored++ > 0) throw new DOMException('no room', 'QuotaExceededError');
    }
    return put.apply(this, row);
  };
  const back = (): void => void (IDBObjectStore.prototype.put = put);
  onTestFinished(back);
  return back;
}

test('[MT1, MT3] a tablet that is full in the middle of the third of five says so: the others stand in the page, the one that is left is tried again, and what lay there of it is swept', async () => {
  const app = await writes();
  const { db } = app;
  const hasRoom = fullAt(3);
  await puts(5);
  await expect.element(page.getByText('Falta 1 por poner en la página')).toBeVisible();
  await expect.element(page.getByText(/No queda sitio/).first()).toBeVisible();
  const pictures = (): number => document.querySelectorAll('[role=textbox] figure img').length;
  await expect.poll(pictures).toBe(4);
  const named = async (): Promise<readonly string[]> =>
    (await db.mediaFiles.toArray()).map(({ id }) => id).sort();
  const lying = async (): Promise<readonly string[]> =>
    ((await db.pieces.orderBy('file').uniqueKeys()) as string[]).sort();
  expect((await named()).length).toBe(8);
  // Half of it lies there, and nothing points to it.
  expect((await lying()).length).toBe(9);
  // The text goes on. Whoever ends, or sends the notice away, is asked: it lies nowhere else.
  await page.getByRole('textbox', { name: 'El Ebro' }).click();
  for (const ends of ['Hecho', 'Quitar este aviso']) {
    await button(ends).click();
    await expect.element(page.getByRole('dialog', { name: 'por poner en la página' })).toBeVisible();
    await button('Seguir aquí').click();
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
    await expect.element(page.getByText('Falta 1 por poner en la página')).toBeVisible();
  }
  hasRoom();
  await button('Probar otra vez').click();
  await expect.poll(pictures).toBe(5);
  await expect.element(page.getByText('Falta 1 por poner en la página')).not.toBeInTheDocument();
  expect((await named()).length).toBe(10);
  expect((await db.outbox.toArray()).length).toBeGreaterThanOrEqual(6);

  await button('Hecho').click();
  await app.signOut();
  expect((await lying()).length).toBe(11);
  await app.signIn(marta.username, password);
  await expect.poll(lying).toEqual(await named());
});

test('[MT1] what is pasted while something is left to be tried again is put into the page, too; what is left goes when that was said', async () => {
  await writes();
  const hasRoom = fullAt(1);
  await puts(2);
  await expect.element(page.getByText('Falta 1 por poner en la página')).toBeVisible();
  hasRoom();
  const pictures = (): number => document.querySelectorAll('[role=textbox] figure img').length;
  await expect.poll(pictures).toBe(1);
  await puts(2);
  await expect.poll(pictures).toBe(3);
  await expect.element(page.getByText('Falta 1 por poner en la página')).toBeVisible();
  await button('Hecho').click();
  await button('Terminar sin ponerlo').click();
  await expect.element(button('Escribir').first()).toBeVisible();
  await expect.poll(() => document.querySelectorAll('article figure img').length).toBe(3);
});

test('[TR3] a picture that was refused is kept as the picture itself', async () => {
  const app = await writes();
  await puts(1, 'Poner en la página');
  await expect.poll(() => document.querySelectorAll('[role=textbox] figure img').length).toBe(1);
  await button('Hecho').click();
  const [row] = await app.db.outbox.filter(({ name }) => name === 'media.add').toArray();
  if (!row) throw new Error('nothing is announced');
  await take(app.db, [{ id: row.id, is: 'refused', code: 'media-full' }], app.today());
  const made = await wholeFile(
    app.db,
    (await app.db.mediaFiles.toArray()).find(({ part }) => part === 'file')?.id ?? ''
  );
  const saved: File[] = [];
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement
  ) {
    void fetch(this.href).then(async (answer) => saved.push(new File([await answer.blob()], this.download)));
  });
  onTestFinished(() => click.mockRestore());
  await goto('/tray');
  await button('Guardar una copia').click();
  await expect.poll(() => saved.length).toBe(1);
  expect(saved[0]?.name).toMatch(/^twinspace-media-.*\.webp$/);
  expect(await saved[0]?.bytes()).toEqual(await made?.bytes());
});

/** Draws a line on the sheet, in parts of its height. */
async function line(down: number): Promise<void> {
  const sheet = page.getByRole('img', { name: 'Tu dibujo' });
  await expect.element(sheet).toBeVisible();
  const { width, height } = sheet.element().getBoundingClientRect();
  await userEvent.dragAndDrop(sheet, sheet, {
    sourcePosition: { x: 0.2 * width, y: down * height },
    targetPosition: { x: 0.8 * width, y: down * height }
  });
}

async function draw(): Promise<void> {
  await button('Añadir foto, vídeo o voz').click();
  await button(/^Dibujo/).click();
}

test('[MK9] a drawing that was broken off is there again, until it stands in the page or is given up', async () => {
  const app = await writes();
  const kept = async (): Promise<readonly number[]> =>
    (await app.db.drawings.toArray()).map(({ text }) => readDrawing(text)?.strokes.length ?? 0);
  await draw();
  await line(0.3);
  await line(0.5);
  await expect.poll(kept).toEqual([2]);
  await page.getByRole('dialog').getByRole('button', { name: 'Deshacer' }).click();
  await expect.poll(kept).toEqual([1]);

  await app.signOut();
  await app.signIn(marta.username, password);
  await goto(`/space/${rios}/pages`);
  await page.getByRole('link', { name: 'El Ebro' }).first().click();
  await button('Escribir').first().click();
  await draw();
  await expect.element(page.getByText('Este es el dibujo que empezaste antes')).toBeVisible();
  await line(0.7);
  await expect.poll(kept).toEqual([2]);
  await button('Usar el dibujo').click();
  await expect.element(button('Poner en la página')).toBeVisible();
  expect(await kept()).toEqual([2]);
  await button('Poner en la página').click();
  await expect.poll(() => document.querySelectorAll('[role=textbox] figure img').length).toBe(1);
  await expect.poll(kept).toEqual([]);

  await draw();
  await line(0.5);
  await expect.element(page.getByText('Este es el dibujo que empezaste antes')).not.toBeInTheDocument();
  await expect.poll(kept).toEqual([1]);
  await button('Cancelar').click();
  await button('Salir sin guardar').click();
  await expect.poll(kept).toEqual([]);
});

test('[CO11] what somebody has begun to say of a picture is there again after the device has locked', async () => {
  const app = await writes();
  await puts(1, 'Poner en la página');
  const picture = (): Element | null => document.querySelector('[role=textbox] figure img');
  const describes = async (): Promise<void> => {
    await expect.poll(picture).not.toBeNull();
    await page.elementLocator(picture() ?? document.body).click();
    await button('Palabras').click();
  };
  await describes();
  const field = page.getByRole('dialog').getByLabelText('¿Qué se ve aquí?');
  await field.fill('Un puente de pie');
  await expect.poll(() => begunOn(app)).toEqual(['Un puente de pie']);
  await afterLock(app, marta, `/space/${rios}/pages`);
  await page.getByRole('link', { name: 'El Ebro' }).first().click();
  await button('Escribir').first().click();
  await describes();
  await expect.element(field).toHaveValue('Un puente de pie');
  await field.fill('Un puente de piedra');
  await page.getByRole('dialog').getByRole('button', { name: 'Guardar' }).click();
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
  await expect.poll(() => app.db.unsent.count()).toBe(0);
  await expect.element(page.getByRole('img', { name: 'Un puente de piedra' })).toBeVisible();
});
