import { begin } from '../support/begin.ts';
import { addAll, doneWithCards, openClass, paste, thirty } from '../support/class.ts';
import { names } from '../support/class-names.ts';
import { expect, test } from '../support/journey.ts';
import {
  allSent,
  marta,
  memberRow,
  openMembers,
  openNewPupil,
  openSpace,
  signIn,
  signOut
} from '../support/steps.ts';

const space = 'Ríos de Europa';

test('[G6, G3, G4, G5, CL1, CL2, CL4, CL9, CL10, OB1] a class of thirty, pasted without a network, with cards; then it reaches a second tablet', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const { page } = desk;
  await begin(desk, relay, space);
  await openClass(page);
  await desk.cut();
  await paste(page, thirty);
  await expect(page.getByText('25 listos')).toBeVisible();
  await expect(page.getByText('5 por arreglar')).toBeVisible();

  // One in place, the others all at once.
  await page.getByRole('button', { name: 'de-la-Fuente' }).click();
  await expect(page.getByLabel('Apellidos, fila 5')).toHaveValue('de-la-Fuente');
  await page.getByRole('button', { name: 'Unir las palabras' }).click();
  await expect(page.getByText('30 listos')).toBeVisible();
  await expect(page.getByText('angel.canorobles.2')).toBeVisible();
  await expect(page.getByText('hay otro igual en la lista')).toBeVisible();
  await addAll(page, names.length);

  // The cards: the printer dialog is cancelled, and they are still there.
  const cards = page.getByRole('article');
  await expect(cards).toHaveCount(names.length);
  await expect(cards.first()).toContainText('Ángel Cano Robles');
  await expect(cards.first()).toContainText(space);
  const zofia = cards.filter({ hasText: 'Zofia Wiśniewska' });
  const password = (await zofia.locator('dd').last().innerText()).replace(/\s/g, '');
  await page.evaluate(() => {
    Object.assign(globalThis, { prints: 0 });
    globalThis.print = () => Object.assign(globalThis, { prints: 1 });
  });
  await page.getByRole('button', { name: 'Imprimir tarjetas' }).click();
  await page.waitForFunction(() => (globalThis as { prints?: number }).prints === 1);
  await expect(cards).toHaveCount(names.length);
  await page.getByRole('link', { name: 'Ver la lista' }).click();
  await expect(page.getByRole('dialog')).toContainText('Las contraseñas no volverán a mostrarse');
  await page.getByRole('button', { name: 'Quedarme' }).click();
  await doneWithCards(page);
  await expect(page.getByText(`${names.length + 1} miembros en la lista`)).toBeAttached();

  // A pupil comes in with the card, still without a network.
  await signOut(page);
  await signIn(page, '/pupil-login', 'zofia.wisniewska.1', password);
  await expect(page.getByRole('link', { name: new RegExp(space) }).first()).toBeVisible();
  await signOut(page);
  await signIn(page, '/login', 'marta.ruiz.1', marta.password);

  await desk.mend();
  await allSent(page);
  const other = await tablet();
  await signIn(other.page, '/login', 'marta.ruiz.1', marta.password);
  await openSpace(other.page, space);
  await openMembers(other.page);
  await expect(other.page.getByText(`${names.length + 1} miembros en la lista`)).toBeAttached();
  for (const [display, username] of [
    ['Ελένη Παπαδοπούλου', 'eleni.papadopoulou.1'],
    ['İbrahim Öztürk', 'ibrahim.ozturk.1'],
    ['Łukasz Żółkiewski', 'lukasz.zolkiewski.1']
  ] as const) {
    await other.page.getByRole('searchbox').fill(username);
    await expect(memberRow(other.page, display)).toContainText(username);
  }
});

test('[CL3, CL13, CL14, G2] initials instead of names: the card has the real name, the tablet has it nowhere; with a class of their own and pictures', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const { page } = desk;
  await begin(desk, relay, space);
  await openClass(page);
  await paste(page, 'Apellidos, Nombre\nWenceslao Robles, Ildefonsa\nPuig, Eva');
  await page.getByRole('button', { name: 'Usar iniciales, fila 1' }).click();
  await expect(page.getByLabel('Se ve como, fila 1')).toHaveValue('I. WR');
  await expect(page.getByText('i.wr.1')).toBeVisible();
  await page.getByLabel('Nombre de la clase').fill('6.º A');
  await expect(page.getByText('Se creará al añadirlos.')).toBeVisible();
  await page.getByLabel('También con dibujos').check();
  await addAll(page, 2);
  const card = page.getByRole('article').first();
  await expect(card).toContainText('Ildefonsa Wenceslao Robles');
  await expect(card.getByText('Dibujos, en las tabletas de clase')).toBeVisible();
  const kept = await page.evaluate(everythingStored);
  expect(kept).toContain('i.wr.1');
  expect(kept).not.toMatch(/Ildefonsa|Wenceslao/);
  await doneWithCards(page);
  await expect(memberRow(page, 'I. WR')).toContainText('i.wr.1');
  await expect(memberRow(page, 'I. WR')).toContainText('6.º A');
  await allSent(page);

  // Later, for all who are there: other pictures, and cards with them.
  await page.getByRole('button', { name: 'Elegir varios' }).click();
  await page.getByRole('checkbox', { name: 'Elegir a I. WR' }).check();
  await page.getByRole('checkbox', { name: 'Elegir a Eva Puig' }).check();
  await page.getByRole('button', { name: 'Contraseña con dibujos' }).click();
  await page.getByRole('button', { name: 'Repartir dibujos' }).click();
  await expect(page.getByRole('article')).toHaveCount(2);
  await allSent(page);
});

test('[CL6, CL7, CL8] stopped and gone on with; the device is full in the middle; a row is mended alone', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const { page } = desk;
  await begin(desk, relay, space);
  await openClass(page);
  await paste(page, [...thirty.split('\n'), 'Nadie\tÑ Ñ', 'Zoë\t=cmd()'].join('\n'));
  await page.getByRole('button', { name: 'Unir las palabras' }).click();
  await page.getByRole('button', { name: 'Añadir 31 alumnos' }).click();
  await page.getByRole('button', { name: 'Parar' }).click();
  const stopped = page.getByText(/^Parado: \d+ de 31$/);
  await expect(stopped).toBeVisible();
  const done = Number(/\d+/.exec((await stopped.textContent()) ?? '')?.[0]);
  expect(done).toBeLessThan(31);

  await page.evaluate(() => {
    const { add } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.add = function (this: IDBObjectStore, ...of: Parameters<typeof add>) {
      if (this.name === 'outbox') throw new DOMException('no room', 'QuotaExceededError');
      return add.apply(this, of);
    };
    Object.assign(globalThis, { makeRoom: () => (IDBObjectStore.prototype.add = add) });
  });
  await page.getByRole('button', { name: /^Seguir con/ }).click();
  await expect(page.getByText('No queda sitio en este dispositivo', { exact: true })).toBeVisible();
  await expect(page.getByText(new RegExp(`${done} de 31`))).toBeVisible();
  await page.evaluate(() => (globalThis as unknown as { makeRoom: () => void }).makeRoom());
  await page.getByRole('button', { name: /^Seguir con/ }).click();
  await expect(page.getByText('31 alumnos ya están en la lista')).toBeVisible();

  // One is left, and says why.
  await page.getByRole('radio', { name: /^Por arreglar/ }).check();
  await expect(page.getByLabel('Apellidos, fila 32')).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel('Apellidos, fila 32').fill('Comando');
  await page.getByRole('button', { name: 'Añadir 1 alumno' }).click();
  await expect(page.getByText('32 alumnos ya están en la lista')).toBeVisible();
  await doneWithCards(page);
  await expect(page.getByText('33 miembros en la lista')).toBeAttached();
  await allSent(page);
});

test('[CL1, TA2, TA5] files that are no lists: each with what to do, at once', async ({ relay, tablet }) => {
  const desk = await tablet();
  const { page } = desk;
  await begin(desk, relay, space);
  await openClass(page);
  const choose = async (name: string, buffer: Buffer): Promise<void> => {
    await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer });
  };
  const alert = page.getByRole('alert');
  await choose('libro.csv', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0]));
  await expect(alert).toContainText('Es un libro de hoja de cálculo');
  await choose('foto.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]));
  await expect(alert).toContainText('No es un archivo de texto');
  await choose('ancho.csv', Buffer.from(Array.from({ length: 10_000 }, (_, at) => `c${at}`).join(';')));
  await expect(alert).toContainText('más de 50 columnas');
  // 50 MB, made where they are chosen.
  await page.locator('input[type=file]').evaluate((input: HTMLInputElement) => {
    const chosen = new DataTransfer();
    chosen.items.add(new File(['Ana;García\n'.repeat(4_600_000)], 'enorme.csv', { type: 'text/csv' }));
    input.files = chosen.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  });
  await expect(alert).toContainText('Es demasiado grande: caben 5 MB');
  await choose('vacio.csv', Buffer.from('\r\n\r\n'));
  await expect(alert).toContainText('Aquí no hay ningún nombre');
  // As an old spreadsheet saves it.
  await choose('bien.csv', Buffer.from('Nombre;Apellidos\r\nBego\u00f1a;N\u00fa\u00f1ez\r\n', 'latin1'));
  await expect(page.getByLabel('Nombre, fila 1')).toHaveValue('Begoña');
  await expect(page.getByLabel('¿Se leen bien las tildes?')).toContainText('Begoña, Núñez');
});

test('[CL1, CL4, CL6] a thousand rows: seen, mended and scrolled, a few of them drawn at a time; a class of them is added', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const { page } = desk;
  await begin(desk, relay, space);
  await openClass(page);
  const rows = Array.from({ length: 1_000 }, (_, at) => {
    const [given, family] = names[at % names.length] ?? ['', ''];
    return `${given}\t${family}`;
  });
  await paste(page, ['Nombre\tApellidos', ...rows].join('\n'));
  await page.getByRole('button', { name: 'Unir las palabras' }).click();
  await expect(page.getByText('1.000 listos').or(page.getByText('1000 listos'))).toBeVisible();
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await expect(page.getByLabel('Nombre, fila 1000')).toBeVisible();
  await page.getByLabel('Apellidos, fila 1000').fill('Última');
  await expect(page.getByLabel('Se ve como, fila 1000')).toHaveValue(/ Última$/);
  // Of a thousand rows those are drawn that are seen: this is why none of it freezes (how fast it is, the bench tells).
  expect(await page.getByLabel(/^Nombre, fila/).count()).toBeLessThan(100);
  await page.evaluate(() => scrollTo(0, 0));
  await page.getByRole('button', { name: 'Añadir 1000 alumnos' }).click();
  await expect(page.getByText(/^Añadiendo (4[0-9]|[5-9]\d|\d{3}) de 1000/)).toBeVisible();
  await page.getByRole('button', { name: 'Parar' }).click();
  await expect(page.getByText(/^Parado: \d+ de 1000$/)).toBeVisible();
  await page.getByRole('link', { name: 'TwinSpace', exact: true }).first().click();
  await expect(page.getByRole('dialog')).toContainText('¿Has imprimido las tarjetas?');
  await page.getByRole('button', { name: 'Salir' }).click();
  await allSent(page);
});

test('[CL5, CL12, G17] importing what was exported changes nothing; whoever has the names of somebody here is asked about', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const { page } = desk;
  await begin(desk, relay, space, { pupils: [{ given: 'Ana', family: 'Uno', password: 'tigre7luna' }] });
  await openClass(page);
  await paste(page, 'Nombre;Apellidos\nEva;Puig\nNoa;Vidal');
  await addAll(page, 2);
  await doneWithCards(page);
  await page.getByRole('button', { name: 'Exportar', exact: true }).click();
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Guardar el archivo' }).click();
  const path = await (await saving).path();
  await openClass(page);
  await page.locator('input[type=file]').setInputFiles(path);
  await expect(page.getByText('Todos están ya en este TwinSpace')).toBeVisible();
  await expect(page.getByText(/^Ya está aquí: /)).toHaveCount(3);

  // The list as it was pasted the first time, with somebody new; and one of them is another Noa.
  await openClass(page);
  await paste(page, 'Nombre;Apellidos\nEva;Puig\nNoa;Vidal\nJan;Roca');
  await expect(page.getByText('Ya está aquí: Noa Vidal')).toBeVisible();
  await expect(page.getByText('2 ya están aquí')).toBeVisible();
  await page.getByRole('button', { name: 'Es otra persona, fila 2' }).click();
  await expect(page.getByText('noa.vidal.2')).toBeVisible();
  await addAll(page, 2);
  await doneWithCards(page);
  await expect(page.getByText('6 miembros en la lista')).toBeAttached();

  // In the form, too.
  await openNewPupil(page);
  await page.getByLabel('Nombre', { exact: true }).fill('Jan');
  await page.getByLabel('Apellidos').fill('Roca');
  await page.getByRole('button', { name: 'Verificar' }).click();
  await expect(page.getByText('¿Es la misma persona?')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Invitar' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Es otra persona' }).click();
  await expect(page.getByRole('button', { name: 'Invitar' })).toBeVisible();
});

/** All that the browser keeps of this app, as text. */
async function everythingStored(): Promise<string> {
  const kept = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
  for (const { name = '' } of await indexedDB.databases()) {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(new Error('not opened'));
    });
    for (const store of db.objectStoreNames) {
      const rows = await new Promise<unknown[]>((resolve, reject) => {
        const all = db.transaction(store).objectStore(store).getAll();
        all.onsuccess = () => resolve(all.result as unknown[]);
        all.onerror = () => reject(new Error('not read'));
      });
      kept.push(
        JSON.stringify(rows, (key, value: unknown) => {
          if (value instanceof Uint8Array) return new TextDecoder('latin1').decode(value);
          // Payloads and headers are base64 of JSON.
          if (key === 'payload' && typeof value === 'string') {
            const text = atob(value.replaceAll('-', '+').replaceAll('_', '/'));
            return new TextDecoder().decode(Uint8Array.from(text, (sign) => sign.charCodeAt(0)));
          }
          return value;
        })
      );
    }
    db.close();
  }
  return kept.join('\n');
}
