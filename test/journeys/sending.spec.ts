import { begin } from '../support/begin.ts';
import { expect, test } from '../support/journey.ts';
import {
  addPupil,
  allSent,
  marta,
  memberRow,
  openMembers,
  openNewPupil,
  openSpace,
  signIn
} from '../support/steps.ts';

const space = 'Ríos de Europa';

test('[OB2] what waits is sent by the browser itself when the network is back, with the app closed', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const { page, context } = desk;
  await begin(desk, relay, space);
  await desk.cut();
  await addPupil(page, { given: 'Ana', family: 'Uno', password: 'tigre7luna' });
  // Not the app: a page of the same address that runs nothing of it.
  const bare = await context.newPage();
  const devtools = await context.newCDPSession(bare);
  const registered = new Promise<string>((resolve) => {
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const own = registrations.find(({ scopeURL }) => scopeURL === `${desk.origin}/`);
      if (own) resolve(own.registrationId);
    });
  });
  await devtools.send('ServiceWorker.enable');
  const registrationId = await registered;
  await page.close();
  await desk.mend();
  await devtools.send('ServiceWorker.dispatchSyncEvent', {
    ...{ origin: desk.origin, registrationId, tag: 'outbox', lastChance: true }
  });

  const other = await tablet();
  await signIn(other.page, '/login', 'marta.ruiz.1', marta.password);
  await openSpace(other.page, space);
  await openMembers(other.page);
  await expect(memberRow(other.page, 'Ana Uno')).toContainText('ana.uno.1');
});

test('[OB1] a tablet whose storage is full says so at once, and what was typed is still there', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const { page } = desk;
  await begin(desk, relay, space);
  await openNewPupil(page);
  await page.getByLabel('Nombre', { exact: true }).fill('Ana');
  await page.getByLabel('Apellidos').fill('Uno');
  await page.getByRole('button', { name: 'Verificar' }).click();
  await page.getByLabel('Contraseña', { exact: true }).fill('tigre7luna');
  // The attack: the browser has no room for one more row.
  await page.evaluate(() => {
    const { add } = IDBObjectStore.prototype;
    const full = function (this: IDBObjectStore, ...row: Parameters<typeof add>): IDBRequest<IDBValidKey> {
      if (this.name === 'outbox') throw new DOMException('no room', 'QuotaExceededError');
      return add.apply(this, row);
    };
    IDBObjectStore.prototype.add = full;
    Object.assign(globalThis, { makeRoom: () => (IDBObjectStore.prototype.add = add) });
  });
  await page.getByRole('button', { name: 'Invitar' }).click();
  await expect(page.getByText(/No queda sitio/).first()).toBeVisible();
  await expect(page.getByLabel('Apellidos')).toHaveValue('Uno');
  await page.evaluate(() => void (globalThis as unknown as { makeRoom: () => unknown }).makeRoom());
  await page.getByRole('button', { name: 'Invitar' }).click();
  await expect(page.getByText('Ana Uno ya está en la lista').first()).toBeVisible();
  await allSent(page);
});
