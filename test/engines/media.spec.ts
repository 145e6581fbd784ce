import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { letIn } from '../support/let-in.ts';
import { photo } from '../support/photo.ts';
import { school } from '../support/school.ts';
import { beginAdding, decoded, filmed, putInPage } from './support/media-steps.ts';
import { allSent, beginWriting, openPage, openSpace, signIn, storedWhole } from './support/steps.ts';
import { expect, test } from './support/test.ts';

const title = 'El Ebro';

test('[G16, MT1, MT2, MT4, MT6, MT7, MK7] chosen, pasted, dropped and drawn with no network: pictures stand in the page upright at once, are there after a reload, go up though the relay is killed in the middle, and come to a second tablet; a film is played there where the engine can, and where it cannot, that is said', async ({
  relay,
  wired
}, testInfo) => {
  const made = await school(relay.address, relay.setupPath, 1);
  const [ana] = made.pupils;
  if (!ana) throw new Error('too few');
  await made.makePages([title]);
  const { device: own, cable } = await wired();
  const { device: desk, cable: wire } = await wired();
  await signIn(own, cable.origin, '/login', ana.username, ana.password);
  await openSpace(own, made.name);
  await openPage(own, title);
  const taken = await photo(own, { width: 1600, height: 1200, orientation: 6 });
  const fine = await photo(own, { width: 1600, height: 1200, fine: true });
  const [path, filmPath] = [testInfo.outputPath('IMG_0042.jpg'), testInfo.outputPath('VID_0043.webm')];
  await writeFile(path, taken);
  await writeFile(filmPath, Buffer.from(await filmed(), 'base64'));
  await storedWhole(own);
  cable.cut();

  await beginWriting(own);
  await beginAdding(own);
  await own.chooses(path);
  await putInPage(own, 'El puente');
  const upright = { size: [1200, 1600], corners: ['blue', 'red', 'grey', 'green'] };
  await expect.poll(() => decoded(own, 'El puente')).toEqual(upright);
  await own.evaluate(letIn, ['paste', taken.toString('base64')] as const);
  await putInPage(own, 'La orilla');
  await expect.poll(() => decoded(own, 'La orilla')).toEqual(upright);
  await own.evaluate(letIn, ['drop', fine.toString('base64')] as const);
  await putInPage(own, 'El molino');
  await expect.poll(async () => (await decoded(own, 'El molino'))?.size).toEqual([1600, 1200]);
  await beginAdding(own);
  await own.click({ role: 'button', name: /^Dibujo/ });
  await own.drags({ role: 'img', name: 'Tu dibujo' }, [
    [0.1, 0.1],
    [0.5, 0.5],
    [0.9, 0.9]
  ]);
  await own.click({ role: 'button', name: 'Usar el dibujo' });
  await putInPage(own, 'Un pez');
  await expect.poll(async () => (await decoded(own, 'Un pez'))?.size).toEqual([2048, 1536]);
  await beginAdding(own);
  await own.chooses(filmPath);
  await putInPage(own, 'El agua baja');
  await own.sees({ role: 'button', name: /^El agua baja/ });
  const plays = await own.evaluate(
    (type) => document.createElement('video').canPlayType(type) !== '',
    'video/webm; codecs="vp8"'
  );
  if (!plays) await own.sees({ text: /^Este dispositivo no puede reproducirlo/ });
  await own.click({ role: 'button', name: 'Hecho' });
  await own.reload();
  for (const alt of ['El puente', 'La orilla', 'El molino', 'Un pez'])
    await expect.poll(() => decoded(own, alt)).not.toBeNull();

  cable.slow({ bytesPerSecond: 60_000, lostEvery: Infinity, silence: 0 });
  cable.mend();
  await own.reload();
  await expect.poll(() => largestArriving(relay.folder)).toBeGreaterThan(50_000);
  await relay.kill();
  expect(await largestArriving(relay.folder)).toBeGreaterThan(50_000);
  cable.slow(undefined);
  await own.reload();
  await relay.start();
  await allSent(own);
  await signIn(desk, wire.origin, '/login', made.teacher.username, made.teacher.password);
  await openSpace(desk, made.name);
  await openPage(desk, title);
  for (const alt of ['El puente', 'La orilla']) await expect.poll(() => decoded(desk, alt)).toEqual(upright);
  await expect.poll(async () => (await decoded(desk, 'El molino'))?.size).toEqual([1600, 1200]);
  await expect.poll(async () => (await decoded(desk, 'Un pez'))?.size).toEqual([2048, 1536]);
  await desk.click({ role: 'button', name: /^El agua baja/ });
  if (!plays) return;
  await desk.becomes(() => {
    const film = document.querySelector('video');
    return film !== null && film.error === null && film.videoWidth === 160 && film.readyState > 1;
  });
});

/** In bytes: of what the relay has not whole, the most. */
async function largestArriving(folder: string): Promise<number> {
  const beside = join(folder, 'media', 'arriving');
  const names = await readdir(beside).catch(() => []);
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(beside, name))
        .then(({ size }) => size)
        .catch(() => 0)
    )
  );
  return Math.max(0, ...sizes);
}
