import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, test, type Tablet } from '../support/journey.ts';
import { choosePictures, openMedia, pictureOf } from '../support/media-steps.ts';
import { beginWriting, openPage } from '../support/page-steps.ts';
import { photo } from '../support/photo.ts';
import { logOf } from '../support/relay-log.ts';
import type { RelayProcess } from '../support/relay-process.ts';
import { school, type Known } from '../support/school.ts';
import { rowsOf, type Row } from '../support/tablet-rows.ts';
import { enrol, finish, openClass, openDevices, takeTurn, teacherIn } from '../support/tablet-steps.ts';

const title = 'El Ebro';
const each = 3;
/** A few children on two tablets show what a class on six does (`LESSON=whole`), in a tenth of the time. */
const { tablets: carts, children } =
  process.env['LESSON'] === 'whole' ? { tablets: 6, children: 25 } : { tablets: 2, children: 4 };

interface FileRow extends Row {
  readonly id: string;
  readonly state: string;
}

const alts = ({ display }: Known): readonly string[] =>
  Array.from({ length: each }, (_, at) => `${display}, foto ${at + 1}`);

/** A child's turn: puts three pictures into the page, and says what can be seen in each. */
async function turn(page: Page, child: Known, pictures: readonly Buffer[]): Promise<void> {
  await takeTurn(page, child);
  await openPage(page, title);
  await beginWriting(page, title);
  const files = pictures.map((buffer, at) => ({ name: `${at}.jpg`, mimeType: 'image/jpeg', buffer }));
  const dialog = await choosePictures(page, files);
  for (const [at, alt] of alts(child).entries()) {
    await dialog.getByRole('button', { name: new RegExp(`^Imagen ${at + 1} de ${each}`) }).click();
    await dialog.getByLabel('¿Qué se ve aquí?').fill(alt);
  }
  await dialog.getByRole('button', { name: 'Poner las 3 en la página' }).click();
  for (const alt of alts(child)) await expect(pictureOf(page, alt)).toHaveCount(1);
  await page.getByRole('button', { name: 'Hecho' }).click();
  await finish(page);
}

/** Notes in the page the moment at which the board says that all is safe. */
function noteGreen(board: Locator): Promise<void> {
  return board.evaluate((element) => {
    const look = (): void => {
      if (!element.textContent.includes('Todo está en el servidor')) return;
      watch.disconnect();
      Object.assign(globalThis, { greenAt: Date.now() });
    };
    const watch = new MutationObserver(look);
    watch.observe(element, { subtree: true, childList: true, characterData: true });
    look();
  });
}

const greenAt = (teacher: Page): Promise<number> =>
  teacher.evaluate(() => (globalThis as unknown as { greenAt?: number }).greenAt ?? 0);

/** When the relay had which files whole: moments by their names. */
async function arrivals({ folder }: RelayProcess): Promise<ReadonlyMap<string, number>> {
  const media = join(folder, 'media');
  const names = (await readdir(media, { recursive: true })).filter((name) =>
    /^[^/]+\/[0-9a-f-]{36}\.(file|preview)$/.test(name)
  );
  const moments = await Promise.all(names.map(async (name) => (await stat(join(media, name))).ctimeMs));
  return new Map(names.map((name, at) => [name, moments[at] ?? 0]));
}

/** How many pictures lie on a tablet whole. */
async function picturesOn({ page }: Tablet): Promise<number> {
  const rows = await rowsOf<FileRow>(page, 'mediaFiles');
  return rows.filter(({ id, state }) => id.endsWith('.file') && state === 'here').length;
}

for (const { link, bytesPerSecond } of [
  { link: 'as quick as it can be', bytesPerSecond: undefined },
  // All tablets share it.
  { link: 'of 2 Mbit/s', bytesPerSecond: 250_000 }
])
  test(`[G16, MT1, MT4, MT6, LK5] a class puts three pictures each into a page without a network; over a link ${link} all of them come to every tablet, each once and under the right name, and the board is green only then`, async ({
    relay,
    tablet
  }) => {
    test.setTimeout(360_000 + children * carts * 10_000);
    const made = await school(relay.address, relay.setupPath, children);
    await made.makePages([title]);
    const desk = await tablet();
    const teacher = await teacherIn(desk, made);
    const all = await Promise.all(Array.from({ length: carts }, () => tablet()));
    await enrol(made, all);
    await openDevices(teacher);
    for (const one of all) {
      await openClass(one.page, made);
      await one.cut();
    }
    // Each another one, so that none is taken for another.
    const shots: Buffer[] = [];
    for (let at = 0; at < children * each; at++)
      shots.push(await photo(teacher, { width: 320 + at, height: 240, fine: true }));
    const shotsOf = (child: number): readonly Buffer[] => shots.slice(child * each, (child + 1) * each);
    await Promise.all(
      all.map(async ({ page }, cart) => {
        for (const [at, child] of made.pupils.entries())
          if (at % carts === cart) await turn(page, child, shotsOf(at));
      })
    );
    const board = teacher.getByRole('region', { name: 'Antes de salir' });
    await expect(board).not.toContainText('Todo está en el servidor');
    await noteGreen(board);
    if (bytesPerSecond !== undefined)
      for (const one of all)
        one.slow({ bytesPerSecond: bytesPerSecond / carts, lostEvery: 200, silence: 300 });
    for (const one of all) await one.mend();
    await expect(board).toContainText('Todo está en el servidor');
    const arrived = await arrivals(relay);
    expect(arrived.size).toBe(children * each * 2);
    expect(Math.max(...arrived.values())).toBeLessThanOrEqual(await greenAt(teacher));

    // Who works at a tablet next finds all of them there.
    await Promise.all(
      all.map(async (one, cart) => {
        const { page } = one;
        await takeTurn(page, made.pupils[(cart + 1) % children] ?? made.teacher);
        await expect.poll(() => picturesOn(one)).toBe(children * each);
        await openPage(page, title);
        for (const alt of made.pupils.flatMap(alts)) await expect(pictureOf(page, alt)).toHaveCount(1);
        await finish(page);
      })
    );
    await openMedia(teacher);
    for (const child of made.pupils) {
      await teacher.getByRole('searchbox').fill(`${child.display}, foto`);
      await expect(teacher.getByRole('checkbox', { name: `· ${child.display} ·` })).toHaveCount(each);
      for (const alt of alts(child))
        await expect(teacher.getByRole('checkbox', { name: `${alt} · ${child.display} ·` })).toHaveCount(1);
    }
    await relay.stop();
    const announced = logOf(relay).filter(({ name }) => name === 'media.add');
    const authors = made.pupils.flatMap(({ account }) => Array<string>(each).fill(account));
    expect(announced.map(({ actor }) => actor).toSorted()).toEqual(authors.toSorted());
  });
