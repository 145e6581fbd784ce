import { gunzipSync } from 'node:zlib';
import { begin } from '../support/begin.ts';
import { addAll, doneWithCards, openClass, paste } from '../support/class.ts';
import { expect, test } from '../support/journey.ts';
import { openPage } from '../support/page-steps.ts';
import { addPupil, allSent, marta, memberRow, openMembers, openSpace, signIn } from '../support/steps.ts';

const space = 'Ríos de Europa';

test('[NW5, NW6, NW12] at 8 kbit/s, where every thirtieth packet is lost, what waits arrives in small batches, and one sees how much has', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const { page } = desk;
  await begin(desk, relay, space);
  // More than the first batch may have, and no more: at this pace each costs seconds.
  const names = ['Uno', 'Dos', 'Tres', 'Cuatro', 'Cinco', 'Seis'];
  await openClass(page);
  await desk.cut();
  await paste(page, names.map((family) => `Ana\t${family}`).join('\n'));
  await addAll(page, names.length);
  await doneWithCards(page);
  await page.getByRole('link', { name: /esperan/ }).click();
  await expect(page.getByRole('heading', { name: 'Lo que espera' })).toBeVisible();
  const sizes: number[] = [];
  let packedBodies = 0;
  // Sent by the page, or by the browser itself.
  desk.context.on('request', (request) => {
    if (!request.url().endsWith('/api/changes')) return;
    const body = request.postDataBuffer() ?? Buffer.of();
    const packed = request.headers()['content-encoding'] === 'gzip';
    if (packed) packedBodies += 1;
    const text = String(packed ? gunzipSync(body) : body);
    sizes.push((JSON.parse(text) as { changes: unknown[] }).changes.length);
  });
  desk.slow({ bytesPerSecond: 1_000, lostEvery: 30, silence: 3_000 });
  await desk.mend();
  await expect(page.getByText(/han llegado \d+ de \d+/)).toBeVisible({ timeout: 120_000 });
  await expect(page.getByText('Todo ha llegado')).toBeVisible({ timeout: 180_000 });
  expect(sizes.length).toBeGreaterThan(1);
  expect(packedBodies).toBeGreaterThan(0);
  expect(Math.max(...sizes)).toBeLessThan(names.length);
  desk.slow(undefined);
  const other = await tablet();
  await signIn(other.page, '/login', 'marta.ruiz.1', marta.password);
  await openSpace(other.page, space);
  await openMembers(other.page);
  for (const family of names) await expect(memberRow(other.page, `Ana ${family}`)).toHaveCount(1);
});

test('[NW8] a portal that answers like a relay is none: what waits waits, and the screen says what to do', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const { page } = desk;
  await begin(desk, relay, space);
  await allSent(page);
  await desk.readyForOffline();
  for (const portal of [
    { type: 'application/json', body: '{"ready":true,"verdicts":[],"today":"2026-11-28"}' },
    { type: 'text/html', body: '<h1>Welcome to our Wi-Fi</h1>' }
  ]) {
    desk.portal(portal);
    await addPupil(page, { given: 'Ana', family: portal.type.slice(-4), password: 'tigre7luna' });
    await expect(page.getByText('Esta red pide que entres')).toBeVisible();
    await expect(page.getByText(/Sin conexión, 1 espera/).first()).toBeVisible();
    desk.portal(undefined);
    // Whoever taps may be too late: the app finds out by itself, too.
    const again = page.getByRole('button', { name: 'Probar otra vez' });
    await expect(async () => {
      if (await again.isVisible()) await again.click({ timeout: 1_000 });
      await expect(page.getByText('Esta red pide que entres')).toHaveCount(0, { timeout: 5_000 });
    }).toPass();
    await allSent(page);
  }
});

test('[NW7] a relay on the same machine is asked and told although the browser says that there is no network', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const { page, context } = desk;
  await context.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'onLine', { get: () => false });
  });
  await begin(desk, relay, space);
  await page.reload();
  await page.evaluate(() => void dispatchEvent(new Event('offline')));
  await addPupil(page, { given: 'Ana', family: 'Uno', password: 'tigre7luna' });
  await allSent(page);
});

test('[NW9] a storage that failed once, and a connection that was closed under the app, stop nothing', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const { page, context } = desk;
  // How iOS behaves in the background: the connection is gone, with or without a word of it.
  await context.addInitScript(() => {
    const connections: IDBDatabase[] = [];
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = function (...of) {
      const opening = open.apply(this, of);
      opening.addEventListener('success', () => connections.push(opening.result));
      return opening;
    };
    const { put, get, add } = IDBObjectStore.prototype;
    const world = globalThis as unknown as { failing: number; closeAll: (told: boolean) => void };
    world.failing = 0;
    const lost = (): void => {
      if (world.failing <= 0) return;
      world.failing--;
      throw new DOMException(
        'Connection to Indexed Database server lost. Refresh the page to try again',
        'UnknownError'
      );
    };
    IDBObjectStore.prototype.put = function (...row) {
      lost();
      return put.apply(this, row);
    };
    IDBObjectStore.prototype.get = function (...key) {
      lost();
      return get.apply(this, key);
    };
    IDBObjectStore.prototype.add = function (...row) {
      lost();
      return add.apply(this, row);
    };
    world.closeAll = (told) => {
      for (const connection of connections.splice(0)) {
        connection.close();
        if (told) connection.dispatchEvent(new Event('close'));
      }
    };
  });
  await begin(desk, relay, space);
  await desk.cut();
  await addPupil(page, { given: 'Ana', family: 'Uno', password: 'tigre7luna' });
  // The relay accepts, and the tablet cannot write down that it did.
  await page.evaluate(() => void Object.assign(globalThis, { failing: 6 }));
  await desk.mend();
  await allSent(page);
  await page.evaluate(() => void Object.assign(globalThis, { failing: 0 }));
  for (const told of [true, false]) {
    await page.evaluate(
      (is) => (globalThis as unknown as { closeAll: (is: boolean) => void }).closeAll(is),
      told
    );
    await addPupil(page, { given: 'Ana', family: told ? 'Dos' : 'Tres', password: 'tigre7luna' });
    await allSent(page);
  }
  const other = await tablet();
  await signIn(other.page, '/login', 'marta.ruiz.1', marta.password);
  await openSpace(other.page, space);
  await openMembers(other.page);
  for (const family of ['Uno', 'Dos', 'Tres'])
    await expect(memberRow(other.page, `Ana ${family}`)).toHaveCount(1);
});

test('[AP14] what of the app is not stored yet and cannot be loaded says so, and is there once the network is', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const { page } = desk;
  await begin(desk, relay, space, { pages: [{ title: 'Diario' }] });
  await openPage(page, 'Diario');
  const missing = page.getByText('A esta aplicación le falta una parte en este dispositivo.', {
    exact: false
  });
  desk.unplug();
  // Where it is missing…
  await page.getByRole('button', { name: 'Escribir' }).first().click();
  await expect(page.getByRole('main').filter({ has: missing })).toBeVisible();
  desk.plug();
  await page.getByRole('button', { name: 'Inténtalo otra vez' }).click();
  await expect(page.getByRole('textbox', { name: 'Diario' })).toBeFocused();
  await expect(missing).toHaveCount(0);

  // …where whoever does not want to wait puts it away…
  const add = page.getByRole('button', { name: 'Añadir foto, vídeo o voz' });
  desk.unplug();
  await add.click();
  await expect(missing).toBeVisible();
  await page.getByRole('button', { name: 'Quitar este aviso' }).click();
  await expect(missing).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: 'Diario' })).toBeFocused();
  desk.plug();
  await add.click();
  await expect(page.getByRole('dialog', { name: '¿Qué quieres añadir?' })).toBeVisible();

  // …and where something was pressed.
  await page.goto(new URL('pages/from-archive', `${page.url().split('/pages')[0]}/`).href);
  const choose = page.locator('input[type=file]');
  await expect(page.getByRole('button', { name: 'Elegir el ZIP' })).toBeVisible();
  desk.unplug();
  const file = { name: 'curso.zip', mimeType: 'application/zip', buffer: Buffer.from('PK') };
  await choose.setInputFiles(file);
  await expect(missing).toBeVisible();
  desk.plug();
  await choose.setInputFiles(file);
  await expect(page.getByText('Esto no es un archivo de TwinSpace.', { exact: false })).toBeVisible();
});
