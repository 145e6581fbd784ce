import { expect, test } from '../support/journey.ts';
import {
  addPupil,
  allSent,
  angel,
  found,
  marta,
  memberRow,
  openMembers,
  openRare,
  openSpace,
  signIn
} from '../support/steps.ts';

const space = 'Ríos de Europa';

test('[G12, ER2, ER6, ER7] an account is erased on its day, on every tablet; unsent work of it goes with it; the receipt says who has confirmed', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const { page } = desk;
  // Through the screens: no other device holds anything of them.
  await found(desk, relay.setupPath, marta, space);
  await openSpace(page, space);
  await addPupil(page, angel);
  await addPupil(page, { given: 'Zoé', family: 'Lago', password: 'gatto4sole' });
  await allSent(page);
  const own = await tablet();
  await signIn(own.page, '/pupil-login', 'angel.canorobles.1', 'tigre7luna');
  await expect(own.page.getByText(/^¡Hola, /)).toBeVisible();
  await allSent(own.page);
  await own.cut();

  await openMembers(page);
  await openRare(page, 'Ángel CanoRobles', 'Borrar la cuenta');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/usuario/i).fill('angel.canorobles.1');
  await dialog.getByRole('button', { name: /Borrar/ }).click();
  await expect(page.getByText(/se borrará el/i).first()).toBeVisible();
  await allSent(page);

  // Called off, and asked for again.
  await page.getByRole('button', { name: 'Cancelar el borrado' }).first().click();
  await expect(page.getByText(/se borrará el/i)).toHaveCount(0);
  await openRare(page, 'Ángel CanoRobles', 'Borrar la cuenta');
  await page
    .getByRole('dialog')
    .getByLabel(/usuario/i)
    .fill('angel.canorobles.1');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Borrar/ })
    .click();
  // It is kept on the tablet before the pill can say that all of it is sent.
  await expect(page.getByText(/se borrará el/i).first()).toBeVisible();
  await allSent(page);

  await relay.stop();
  await relay.start(undefined, 7);
  await expect(memberRow(page, 'angel.canorobles.1')).toHaveCount(0);
  await expect(memberRow(page, 'zoe.lago.1')).toBeVisible();

  // The pupil's tablet was asleep: at its next contact it deletes the account, and confirms.
  await own.mend();
  await expect(own.page.getByRole('heading', { name: /¡Hola!/ })).toBeVisible();
  const left = await own.page.evaluate(async () => {
    const open = indexedDB.open('twinspace');
    const db = await new Promise<IDBDatabase>((resolve) => (open.onsuccess = () => resolve(open.result)));
    const all = async (store: string): Promise<unknown[]> =>
      new Promise((resolve) => {
        const request = db.transaction(store).objectStore(store).getAll();
        request.onsuccess = () => resolve(request.result as unknown[]);
      });
    const stores = [...db.objectStoreNames].filter((name) => name !== 'device');
    const rows = await Promise.all(stores.map(all));
    db.close();
    return JSON.stringify(rows);
  });
  expect(left).not.toContain('canorobles');
  await signIn(own.page, '/pupil-login', 'angel.canorobles.1', 'tigre7luna');
  await expect(own.page.getByText(/no son correctos/).first()).toBeVisible();

  // The receipt: both devices had it, both have deleted it.
  await page.getByText('1 cuenta borrada', { exact: true }).click();
  await page.getByText(/^Antiguo miembro, cuenta borrada el/).click();
  await expect(page.getByText(/lo borró el/)).toHaveCount(2);
  await expect(page.getByText('aún no se ha conectado')).toHaveCount(0);
});
