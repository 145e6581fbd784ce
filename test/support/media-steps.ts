import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';

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
  await page.getByRole('button', { name: 'Añadir foto, vídeo o voz' }).click();
  await page.getByRole('button', { name: 'De este dispositivo' }).click();
  await (await chooser).setFiles([...files]);
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: /Poner/ })).toBeVisible();
  return dialog;
}

/** The picture that says this of what can be seen in it. */
export function pictureOf(page: Page, alt: string): Locator {
  return page.getByRole('img', { name: alt, exact: true });
}

/** In pixels, as the browser has decoded it; once it has. */
export async function decodedSize(picture: Locator): Promise<readonly [number, number]> {
  await expect(picture).toBeVisible();
  return picture.evaluate(async (image: HTMLImageElement) => {
    await image.decode();
    return [image.naturalWidth, image.naturalHeight] as const;
  });
}

/** The colour of the picture at a place of it, in parts of its width and height, roughly: the strongest of the three. */
export async function colourAt(picture: Locator, x: number, y: number): Promise<string> {
  return picture.evaluate(
    async (image: HTMLImageElement, [across, down]) => {
      await image.decode();
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
