import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { begin } from '../support/begin.ts';
import { addAll, doneWithCards, openClass, paste, thirty } from '../support/class.ts';
import { names } from '../support/class-names.ts';
import { expect, test } from '../support/journey.ts';
import {
  allSent,
  marta,
  memberRow,
  openMemberMenu,
  openMembers,
  openSpace,
  signIn,
  signOut
} from '../support/steps.ts';

const space = 'Ríos de Europa';
/** What a school program writes a month later. */
const next = [
  'Nombre\tApellidos\tUsuario\tEs docente',
  'Zofia\tWiśniewska\t\tno',
  'Quintín\tBarrenechea\tquintin.barrenechea.7\tno',
  'Berta\tLozano\t\tsí'
].join('\n');

test('[G6, G3, G4, G5, CL1, CL2, CL3, CL4, CL9, CL10, CL11, CL12, ME10, OB1, TA11] a class of thirty, pasted without a network, with cards; a pupil tells of herself, and on a second tablet a classmate reads it; the same list adds nobody twice, the teacher in it is no pupil, and where initials are used the name is nowhere', async ({
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
  await expect(page.getByText('29 listos')).toBeVisible();
  await page.getByRole('button', { name: 'Es otra persona', exact: true }).click();
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
  const password = await passwordOn(zofia);
  const carlas = await passwordOn(cards.filter({ hasText: 'Carla Puig' }));
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
  await openSpace(page, space);
  await page.getByRole('link', { name: /^Sobre mí/ }).click();
  await page.getByRole('textbox', { name: 'Cuenta algo de ti' }).fill('Me gusta el río');
  await page.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expect(page.getByText(/^Guardado/).first()).toBeVisible();
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

  // The same list once more, then another one with some of them, a new one and a teacher.
  const heard = other.record();
  await openSpace(page, space);
  await openClass(page);
  await paste(page, thirty);
  await expect(page.getByText('Todos están ya en este TwinSpace')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Añadir \d/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'Otra lista' }).click();
  await paste(page, next);
  await expect(page.getByText('1 listo', { exact: true })).toBeVisible();
  await expect(page.getByText('Ya está aquí: Zofia Wiśniewska')).toBeVisible();
  await expect(page.getByText('La lista dice «Es docente: sí».')).toBeVisible();
  await expect(page.getByText('quintin.barrenechea.7')).toBeVisible();
  await page.getByRole('button', { name: 'Usar iniciales', exact: true }).click();
  await expect(page.getByText('q.b.1')).toBeVisible();
  await page.getByRole('button', { name: 'Quitar la fila 3' }).click();
  await addAll(page, 1);
  await expect(cards).toContainText('Quintín Barrenechea');
  await doneWithCards(page);
  await allSent(page);
  await other.page.getByRole('searchbox').fill('q.b.1');
  await expect(memberRow(other.page, 'q.b.1')).toBeVisible();
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Exportar', exact: true }).click();
  await page.getByRole('button', { name: 'Guardar el archivo' }).click();
  const file = await readFile(await (await saving).path(), 'utf8');
  expect(file).toContain('q.b.1');
  const places = [file, heard(), await storedOn(page), await page.locator('body').innerText()];
  for (const place of places) expect(place.toLowerCase()).not.toMatch(/quint|barrenech/);

  // Her classmate reads what she tells of herself.
  await signOut(other.page);
  await signIn(other.page, '/pupil-login', 'carla.puig.1', carlas);
  await openSpace(other.page, space);
  await other.page.getByRole('link', { name: /^Compañeros y docentes/ }).click();
  await other.page.getByRole('searchbox').fill('Zofia');
  await openMemberMenu(other.page, 'Zofia Wiśniewska', 'Lo que cuenta');
  await expect(other.page.getByRole('dialog')).toContainText('Me gusta el río');
});

async function passwordOn(card: Locator): Promise<string> {
  return (await card.locator('dd').last().innerText()).replace(/\s/g, '');
}

/** Whatever this tablet keeps, bytes read as Latin-1. */
function storedOn(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const opening = indexedDB.open('twinspace');
    const db = await new Promise<IDBDatabase>(
      (resolve) => (opening.onsuccess = () => resolve(opening.result))
    );
    const text = (key: string, value: unknown): unknown => {
      if (value instanceof ArrayBuffer) return text(key, new Uint8Array(value));
      return ArrayBuffer.isView(value)
        ? new TextDecoder('latin1').decode(value as Uint8Array<ArrayBuffer>)
        : value;
    };
    const all = await Promise.all(
      [...db.objectStoreNames].map(
        (name) =>
          new Promise<unknown>((resolve) => {
            const asked = db.transaction(name).objectStore(name).getAll();
            asked.onsuccess = () => resolve(asked.result);
          })
      )
    );
    db.close();
    return JSON.stringify([all, { ...localStorage }, { ...sessionStorage }], text);
  });
}
