import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { letIn } from './let-in.ts';
import { ofAllPages } from './page-steps.ts';

/** What people do with pictures, through the screens. */

/** One of the pictures that somebody chooses from the files of the device. */
export interface ChosenFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** Chooses pictures while a page is written; ends where they are made ready. */
export async function choosePictures(page: Page, files: readonly ChosenFile[]): Promise<Locator> {
  const chooser = page.waitForEvent('filechooser');
  await beginAdding(page, 'De este dispositivo');
  await (await chooser).setFiles([...files]);
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: /Poner/ })).toBeVisible();
  return dialog;
}

/** The picture that says this of what can be seen in it: itself, not the place that is kept for it until it is read. */
export function pictureOf(page: Page, alt: string): Locator {
  return page.getByRole('img', { name: alt, exact: true }).and(page.locator('img'));
}

/** The picture, once the browser has decoded it. */
async function decoded(picture: Locator): Promise<Locator> {
  await expect(picture).toBeVisible();
  await picture.evaluate(async (image: HTMLImageElement) => {
    for (;;) {
      const { src } = image;
      try {
        return await image.decode();
      } catch (error) {
        // A preview that gives way to the picture itself is decoded no more: then that one is.
        if (image.src === src) throw error;
      }
    }
  });
  return picture;
}

/** In pixels, as the browser has decoded it; once it has. */
export async function decodedSize(picture: Locator): Promise<readonly [number, number]> {
  return (await decoded(picture)).evaluate(
    (image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight] as const
  );
}

/** As it is printed: whether it stands upright on the paper, and the colours of its corners by rows. */
export async function printed(picture: Locator): Promise<{ upright: boolean; corners: readonly string[] }> {
  const page = picture.page();
  await page.emulateMedia({ media: 'print' });
  const shot = (await picture.screenshot()).toString('base64');
  await page.emulateMedia({ media: null });
  return page.evaluate(async (png) => {
    const bytes = Uint8Array.from(atob(png), (sign) => sign.charCodeAt(0));
    const seen = await createImageBitmap(new Blob([bytes]));
    const context = new OffscreenCanvas(seen.width, seen.height).getContext('2d');
    context?.drawImage(seen, 0, 0);
    const corner = (across: number, down: number): string => {
      const [red = 0, green = 0, blue = 0] =
        context?.getImageData(seen.width * across, seen.height * down, 1, 1).data ?? [];
      const most = Math.max(red, green, blue);
      if (most - Math.min(red, green, blue) < 40) return 'grey';
      return most === red ? 'red' : most === green ? 'green' : 'blue';
    };
    const corners = [corner(0.1, 0.1), corner(0.9, 0.1), corner(0.1, 0.9), corner(0.9, 0.9)];
    return { upright: seen.height > seen.width, corners };
  }, shot);
}

/** The colour of the picture at a place of it, in parts of its width and height, roughly: the strongest of the three. */
export async function colourAt(picture: Locator, x: number, y: number): Promise<string> {
  return (await decoded(picture)).evaluate(
    (image: HTMLImageElement, [across, down]) => {
      const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
      const context = canvas.getContext('2d');
      context?.drawImage(image, 0, 0);
      const [red = 0, green = 0, blue = 0] =
        context?.getImageData(canvas.width * across, canvas.height * down, 1, 1).data ?? [];
      const most = Math.max(red, green, blue);
      if (most - Math.min(red, green, blue) < 40) return 'grey';
      return most === red ? 'red' : most === green ? 'green' : 'blue';
    },
    [x, y] as const
  );
}

/** Whether one of these words stands in any file below the folder. */
export async function saysAny(folder: string, words: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path);
    for (const word of words) if (bytes.includes(word)) found.push(`${path}: ${word}`);
  }
  return found;
}

/** Begins to add something while a page is written. */
async function beginAdding(page: Page, from: string): Promise<Locator> {
  await page.getByRole('button', { name: 'Añadir foto, vídeo o voz' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: from }).click();
  return dialog;
}

/** Films with the camera of the device for a second, and puts it into the page. */
export async function film(page: Page, alt: string): Promise<void> {
  const camera = await beginAdding(page, 'Cámara');
  await camera.getByRole('radio', { name: 'Vídeo' }).click();
  await camera.getByRole('button', { name: 'Grabar' }).click();
  await keepRecording(page, alt, '¿Qué se ve aquí?');
}

/** Speaks into the microphone of the device for a second, and puts it into the page. */
export async function speak(page: Page, alt: string): Promise<void> {
  const recorder = await beginAdding(page, 'Voz');
  await recorder.getByRole('button', { name: 'Grabar' }).click();
  await keepRecording(page, alt, '¿Qué se oye aquí?');
}

async function keepRecording(page: Page, alt: string, asked: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('0:01 de 5:00')).toBeVisible();
  await dialog.getByRole('button', { name: 'Parar' }).click();
  await dialog.getByRole('button', { name: /Quedarme/ }).click();
  await dialog.getByLabel(asked).fill(alt);
  await dialog.getByRole('button', { name: 'Poner en la página' }).click();
  await expect(playButton(page, alt)).toBeVisible();
}

/** What plays a film or a sound in a page. */
export function playButton(page: Page, alt: string): Locator {
  return page.getByRole('button', { name: alt });
}

/** A picture comes from another program by the clipboard, or is let go over the text. */
export async function bringPicture(
  page: Page,
  how: 'paste' | 'drop',
  picture: Buffer,
  alt: string
): Promise<void> {
  await page.evaluate(letIn, [how, picture.toString('base64')] as const);
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('¿Qué se ve aquí?').fill(alt);
  await dialog.getByRole('button', { name: /Poner/ }).click();
  await expect(pictureOf(page, alt)).toBeVisible();
}

/** Opens the list of all pictures, films and voices of the TwinSpace that is open. */
export async function openMedia(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Secciones' }).getByRole('link', { name: 'Páginas' }).click();
  await ofAllPages(page, 'Fotos, vídeos y voces');
  await expect(page.getByRole('heading', { name: 'Fotos, vídeos y voces', level: 1 })).toBeVisible();
}

/** Puts what is chosen in the list of all media at the end of a page; ends where that page is written. */
export async function putIntoPage(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: 'Poner en una página' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: title }).check();
  await dialog.getByRole('button', { name: 'Poner en la página' }).click();
  await expect(page.getByRole('textbox', { name: title })).toBeFocused();
}

/** Puts what the TwinSpace has already, found by a word, into the page that is being written. */
export async function putFromLibrary(page: Page, word: string): Promise<void> {
  const dialog = await beginAdding(page, 'De este TwinSpace');
  await dialog.getByRole('searchbox').fill(word);
  await dialog.getByRole('checkbox').check();
  await dialog.getByRole('button', { name: 'Poner en la página' }).click();
}
