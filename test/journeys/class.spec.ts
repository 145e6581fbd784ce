import { begin } from '../support/begin.ts';
import { addAll, doneWithCards, openClass, paste, thirty } from '../support/class.ts';
import { names } from '../support/class-names.ts';
import { expect, test } from '../support/journey.ts';
import { allSent, marta, memberRow, openMembers, openSpace, signIn, signOut } from '../support/steps.ts';

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
