import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/journey.ts';
import { choosePictures } from '../support/media-steps.ts';
import { beginWriting, openPage } from '../support/page-steps.ts';
import { photo } from '../support/photo.ts';
import { logOf } from '../support/relay-log.ts';
import { school } from '../support/school.ts';
import { rowsOf, unsent, type Row } from '../support/tablet-rows.ts';
import { enrol, finish, goOn, openClass, openDevices, takeTurn, teacherIn } from '../support/tablet-steps.ts';

const title = 'El Ebro';

interface FileRow extends Row {
  readonly id: string;
  readonly state: string;
}

/** Ids of the files that this tablet knows, and of those of which pieces lie on it. */
async function filesOn(
  page: Page
): Promise<{ readonly known: readonly string[]; readonly lying: readonly string[] }> {
  const known = (await rowsOf<FileRow>(page, 'mediaFiles')).map(({ id }) => id).sort();
  const lying = (await rowsOf<Row & { readonly file: string }>(page, 'pieces')).map(({ file }) => file);
  return { known, lying: [...new Set(lying)].sort() };
}

/** How many files made here the relay does not have. */
async function filesWaiting(page: Page): Promise<number> {
  return (await rowsOf<FileRow>(page, 'mediaFiles')).filter(({ state }) => state === 'waits').length;
}

/** The tab waits for something for ever: for others who make something of media, or for a signature. */
async function holding(page: Page, what: 'pieces' | 'announcement'): Promise<void> {
  await page.evaluate((which) => {
    const never = () => new Promise<never>(() => undefined);
    if (which === 'announcement') {
      SubtleCrypto.prototype.sign = never;
      return undefined;
    }
    return new Promise<void>((resolve) => {
      void navigator.locks.request('twinspace-media-making', () => {
        resolve();
        return never();
      });
    });
  }, what);
}

/** Writes in the page, chooses pictures and, once all is ready, lets them be put. */
async function put(page: Page, pictures: readonly Buffer[], ready?: () => Promise<void>): Promise<void> {
  await openPage(page, title);
  await beginWriting(page, title);
  const files = pictures.map((buffer, at) => ({ name: `${at}.jpg`, mimeType: 'image/jpeg', buffer }));
  const dialog = await choosePictures(page, files);
  await ready?.();
  await dialog.getByRole('button', { name: /^Poner/ }).click();
}

/** Of what the relay has of media: bytes that arrive, and files that are whole. */
async function atRelay(folder: string): Promise<{ readonly arriving: number; readonly whole: number }> {
  const media = join(folder, 'media');
  const all = await readdir(media, { recursive: true }).catch(() => []);
  const sizes = await Promise.all(
    all
      .filter((name) => name.startsWith('arriving/'))
      .map((name) =>
        stat(join(media, name)).then(
          ({ size }) => size,
          () => 0
        )
      )
  );
  const whole = all.filter((name) => /^[^/]+\/[0-9a-f-]{36}\.(file|preview)$/.test(name)).length;
  return { arriving: Math.max(0, ...sizes), whole };
}

const pictures = (page: Page) => page.getByRole('article').locator('figure.media');

test('[MT1, MT3, MT4, LK5, OB1, MR1] killed while a picture is drawn, after its pieces, after its announcement and in the middle of its upload; six more, over a slow network, the relay killed: what nobody announced is swept, what was announced arrives, and the board is green when the relay has all of it and not before', async ({
  relay,
  tablet,
  expected
}) => {
  expected.push(/crash/i);
  const made = await school(relay.address, relay.setupPath, 3);
  await made.makePages([title]);
  const [, ana, ben] = made.pupils;
  if (!ana || !ben) throw new Error('too few');
  const [desk, one, two] = [await tablet(), await tablet(), await tablet()];
  const teacher = await teacherIn(desk, made);
  await enrol(made, [one, two]);
  await openDevices(teacher);
  const board = teacher.getByRole('region', { name: 'Antes de salir' });
  const row = (name: string) => board.getByRole('listitem').filter({ hasText: name });
  const shots = await Promise.all(
    [0, 1, 2, 3, 4, 5].map((at) => photo(teacher, { width: 1000 + at, height: 900, fine: true }))
  );
  const [shot] = shots;
  if (!shot) throw new Error('no picture');
  let { page } = one;
  await openClass(page, made);
  await one.readyForOffline();
  await openClass(two.page, made);
  await two.cut();

  // While it is drawn: nothing of it is anywhere.
  await takeTurn(page, ana);
  await put(page, [shot], () => holding(page, 'pieces'));
  await expect(page.getByText('Poniendo 1 de 1')).toBeVisible();
  page = await one.kill();
  expect(await filesOn(page)).toEqual({ known: [], lying: [] });

  // After its pieces: they lie there, and go as soon as somebody works again.
  await goOn(page, ana);
  await put(page, [shot], () => holding(page, 'announcement'));
  await expect.poll(async () => (await filesOn(page)).lying.length).toBe(2);
  expect((await filesOn(page)).known).toEqual([]);
  page = await one.kill();
  expect((await filesOn(page)).lying).toHaveLength(2);
  await goOn(page, ana);
  await expect.poll(() => filesOn(page)).toEqual({ known: [], lying: [] });
  await openPage(page, title);
  await expect(pictures(page)).toHaveCount(0);

  // After its announcement: it is announced, whether the page shows it already or not.
  await one.cut();
  await put(page, [shot]);
  await expect.poll(() => filesWaiting(page)).toBe(2);
  page = await one.kill();
  await goOn(page, ana);
  const announced = await filesOn(page);
  expect(announced.known).toHaveLength(2);
  expect(announced.lying).toEqual(announced.known);
  await put(page, [shot]);
  await expect.poll(() => filesWaiting(page)).toBe(4);
  await page.getByRole('button', { name: 'Hecho' }).click();
  await expect(pictures(page).locator('img').first()).toBeVisible();
  await finish(page);

  await takeTurn(two.page, ben);
  await put(two.page, shots);
  await expect.poll(() => filesWaiting(two.page)).toBe(12);
  await two.page.getByRole('button', { name: 'Hecho' }).click();
  await finish(two.page);

  // Half a megabit a second for each: the tablets are reloaded and killed, the relay is killed, all in the middle.
  for (const each of [one, two]) {
    each.slow({ bytesPerSecond: 60_000, lostEvery: 200, silence: 300 });
    await each.mend();
  }
  const middle = () =>
    expect.poll(async () => (await atRelay(relay.folder)).arriving).toBeGreaterThan(50_000);
  await middle();
  await expect(row('Tableta 2')).not.toContainText('Nada espera');
  page = await one.kill();
  await two.page.reload();
  await middle();
  await relay.kill();
  await relay.start();
  for (const each of [one, two]) each.slow(undefined);
  await expect(row('Tableta 1')).toContainText('Nada espera');
  await expect(row('Tableta 2')).toContainText('Nada espera');
  expect(await filesWaiting(page)).toBe(0);
  expect(await filesWaiting(two.page)).toBe(0);
  expect(await atRelay(relay.folder)).toEqual({ arriving: 0, whole: 16 });

  await openPage(teacher, title);
  await expect.poll(() => pictures(teacher).locator('img').count()).toBeGreaterThanOrEqual(7);
  expect(await unsent(page)).toBe(0);
  await relay.stop();
  expect(logOf(relay).filter(({ name }) => name === 'media.add')).toHaveLength(8);
});
