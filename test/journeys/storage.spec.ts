import type { Page } from '@playwright/test';
import { begin } from '../support/begin.ts';
import { expect, test, type Tablet } from '../support/journey.ts';
import { enterPage, line, openPage, typeLine } from '../support/page-steps.ts';
import { school } from '../support/school.ts';
import { allSent, signIn } from '../support/steps.ts';
import { rowsOf, unsent } from '../support/tablet-rows.ts';
import {
  enrol,
  finish,
  oneClass,
  openClass,
  openDevices,
  takeTurn,
  teacherIn,
  tellOfOneself
} from '../support/tablet-steps.ts';

const space = 'Ríos de Europa';
const ana = { given: 'Ana', family: 'Uno', password: 'tigre7luna' };
const title = 'El Ebro';

/** Whether the browser lets this tablet store anything at this moment. */
function hasRoom(page: Page): Promise<boolean> {
  return page.evaluate(
    () =>
      new Promise<boolean>((resolve) => {
        const opening = indexedDB.open('probe');
        opening.onupgradeneeded = () => opening.result.createObjectStore('probe');
        opening.onerror = () => resolve(false);
        opening.onsuccess = () => {
          const db = opening.result;
          const transaction = db.transaction('probe', 'readwrite');
          transaction.objectStore('probe').put('x'.repeat(2_000), 'x');
          const answer = (room: boolean) => () => {
            db.close();
            resolve(room);
          };
          transaction.oncomplete = answer(true);
          transaction.onabort = answer(false);
        };
      })
  );
}

/** From here on the browser gives this tablet as much room as it uses now, and so many bytes more. */
async function leaveRoom({ context, page, origin }: Tablet, bytes: number): Promise<void> {
  const devtools = await context.newCDPSession(page);
  const { usage } = await devtools.send('Storage.getUsageAndQuota', { origin });
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: Math.max(1, usage + bytes) });
  // Chromium believes for half a minute what it knew before.
  await expect.poll(() => hasRoom(page), { intervals: [1_000] }).toBe(bytes > 0);
}

test('[BK3, LK4, OB1] when the tablet is full, what children do finds the room that was held back: it is said, what can be had again goes, what waits stays', async ({
  relay,
  tablet
}) => {
  const { made, one, page, ana, ben } = await oneClass(relay, tablet);
  await takeTurn(page, ana);
  await tellOfOneself(page, 'Soy Ana');
  await expect.poll(() => unsent(page)).toBe(0);
  await expect.poll(async () => (await rowsOf(page, 'settled')).length).toBeGreaterThan(0);
  await one.cut();
  await tellOfOneself(page, 'Soy Ana, del río');
  await finish(page);
  await expect(page.getByText(/queda sitio/)).toHaveCount(0);
  const waits = await rowsOf(page, 'outbox');

  await leaveRoom(one, -500_000);
  await takeTurn(page, ben);
  const full = page.getByRole('status').filter({ hasText: 'Casi no queda sitio' });
  await expect(full).toContainText('Díselo a tu docente');
  expect(await rowsOf(page, 'settled')).toEqual([]);
  expect(await rowsOf(page, 'outbox')).toEqual(expect.arrayContaining(waits));
  // What was held back is there for Ben's work.
  await tellOfOneself(page, 'Soy Ben');
  await finish(page);

  await page.getByRole('button', { name: 'Soy docente' }).click();
  await page.getByRole('button', { name: made.teacher.display }).click();
  await page.getByLabel('Contraseña', { exact: true }).fill(made.teacher.classroomPassword);
  await page.getByRole('button', { name: 'Entrar', exact: true }).click();
  await expect(full).toContainText('guarda una copia en un archivo');
  await full.getByRole('link', { name: 'Ver este dispositivo' }).click();
  await expect(page.getByRole('heading', { name: 'Sitio en este dispositivo' })).toBeVisible();
  await expect(page.getByText('Casi no queda sitio')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Guardar en un archivo' })).toBeEnabled();

  // Sent, and with room again, all is well.
  await leaveRoom(one, 50_000_000);
  await one.mend();
  await expect.poll(() => unsent(page)).toBe(0);
  await finish(page);
  await takeTurn(page, ana);
  await expect(full).toHaveCount(0);
});

test('[BK3] little room is said before it is full: the tablet could hold nothing back', async ({
  relay,
  tablet
}) => {
  const made = await school(relay.address, relay.setupPath, 3);
  const [, ana] = made.pupils;
  if (!ana) throw new Error('too few');
  const one = await tablet();
  const { page } = one;
  await page.goto('/robots.txt');
  await leaveRoom(one, 4_500_000);
  await enrol(made, [one]);
  await openClass(page, made);
  await takeTurn(page, ana);
  await expect(page.getByRole('status').filter({ hasText: 'Queda poco sitio' })).toBeVisible();
  await tellOfOneself(page, 'Soy Ana');
  await expect.poll(() => unsent(page)).toBe(0);
  // The teacher sees it in the list, too.
  const teacher = await teacherIn(await tablet(), made);
  await openDevices(teacher);
  await expect(teacher.getByText(/0\sMB libres/)).toBeVisible();
});

test('[WR1, NW9, BK3] a tablet that is full to the last byte says so while somebody writes, and keeps what they write until there is room', async ({
  relay,
  tablet
}) => {
  const [desk, own] = [await tablet(), await tablet()];
  await begin(desk, relay, space, { pupils: [ana], pages: [{ title, given: 'pupils' }] });
  const { page } = own;
  await signIn(page, '/login', 'ana.uno.1', ana.password);
  await enterPage(page, space, title);
  await typeLine(page, title, 'El río nace en Fontibre.');
  await expect.poll(() => unsent(page)).toBe(0);
  await leaveRoom(own, -1_000_000_000);
  await page.keyboard.press('Enter');
  await page.keyboard.type('En marzo baja crecido.');
  const full = page.getByRole('alert').filter({ hasText: 'sitio' });
  await expect(full).toBeVisible();
  await page.keyboard.type(' Lleva barro.');
  await expect(page.getByRole('textbox', { name: title })).toContainText(
    'En marzo baja crecido. Lleva barro.'
  );
  await leaveRoom(own, 50_000_000);
  await expect(full).toHaveCount(0);
  await page.getByRole('button', { name: 'Hecho' }).click();
  await expect(line(page, 'En marzo baja crecido. Lleva barro.')).toBeVisible();
  await allSent(page);
  await openPage(desk.page, title);
  await expect(line(desk.page, 'En marzo baja crecido. Lleva barro.')).toBeVisible();
});
