import { gzipSync } from 'node:zlib';
import type { Measured } from './measure.ts';
import { writing, type Stand } from './picture-stand.ts';

/** KiB. */
const most = 35;

/** What is loaded once somebody wants the camera, a voice, a drawing, and a picture made ready and drawn anew. */
export async function pictureScripts(stand: Stand): Promise<readonly Measured[]> {
  const page = await writing(stand);
  const loaded = new Map<string, Promise<Buffer>>();
  page.context().on('response', (response) => {
    if (/\.js$/.test(new URL(response.url()).pathname)) loaded.set(response.url(), response.body());
  });
  const add = page.getByRole('button', { name: 'Añadir foto, vídeo o voz' });
  await add.click();
  await page.getByRole('button', { name: /^Dibujo/ }).click();
  const sheet = page.getByRole('img', { name: 'Tu dibujo' });
  await sheet.click();
  await page.getByRole('button', { name: 'Usar el dibujo' }).click();
  await page.getByRole('button', { name: 'Poner en la página' }).click();
  await page.locator('figure img').waitFor();
  const bodies = await Promise.all(loaded.values());
  await page.context().close();
  const kibibytes = bodies.reduce((sum, body) => sum + gzipSync(body).length, 0) / 1024;
  const worker = [...loaded.keys()].some((url) => url.includes('picture-worker'));
  if (!worker) throw new Error('the worker was not seen');
  return [
    {
      what: 'script of camera, drawing, blur and walks, gzip, loaded when used',
      value: `${kibibytes.toFixed(1)} KiB in ${bodies.length} files`,
      expected: { text: `≤ ${most} KiB`, holds: kibibytes <= most }
    }
  ];
}
