import { begin, enter } from '../support/begin.ts';
import { expect, test } from '../support/journey.ts';
import { storedTexts } from '../support/inspect.ts';
import {
  openTray,
  angel,
  addPupil,
  allSent,
  luca,
  marta,
  memberRow,
  openMemberMenu,
  openMembers,
  openSpace,
  signIn,
  signOut
} from '../support/steps.ts';

const space = 'Ríos de Europa';

test('[SY3, SY4, RM8, ME5] who leaves follows nothing more, and who was removed finds nothing left on the tablet', async ({
  relay,
  tablet
}) => {
  const [first, second] = [await tablet(), await tablet()];
  await begin(first, relay, space, { teachers: [luca], pupils: [angel] });
  await allSent(first.page);
  const sockets: { isClosed: () => boolean }[] = [];
  second.page.on('websocket', (socket) => sockets.push(socket));
  await enter(second, 'luca.bianchi.1', luca.password, space);
  await openMembers(second.page);
  await expect(second.page.getByText('Ángel CanoRobles')).toBeVisible();
  expect(sockets.some((socket) => !socket.isClosed())).toBe(true);

  await signOut(second.page);
  await expect.poll(() => sockets.every((socket) => socket.isClosed())).toBe(true);

  await openMembers(first.page);
  await openMemberMenu(first.page, 'Luca Bianchi', 'Eliminar');
  await first.page.getByRole('dialog').getByRole('button', { name: 'Eliminar' }).click();
  await expect(first.page.getByRole('dialog')).toHaveCount(0);
  await allSent(first.page);
  await signIn(second.page, '/login', 'luca.bianchi.1', luca.password);
  await expect(second.page.getByText('Aún no estás en ningún TwinSpace')).toBeVisible();
  await expect.poll(async () => (await storedTexts(second.page)).includes('angel.canorobles.1')).toBe(false);
});

test('[OB2, OB3, SY1, SY2, SE5, TR5] what two people did on one tablet is sent in order, whoever holds it, and comes back to stay', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const { page } = desk;
  await begin(desk, relay, space);
  await desk.cut();
  await addPupil(page, angel);
  // The pupil signs in twice on one day: it is recorded once.
  for (const _ of [1, 2]) {
    await signOut(page);
    await signIn(page, '/pupil-login', 'angel.canorobles.1', 'tigre7luna');
    await expect(page.getByText(/^¡Hola, /)).toBeVisible();
  }
  await openTray(page);
  await expect(page.getByText('Último acceso de Ángel CanoRobles')).toHaveCount(1);
  // TR5: the teacher's change waits, too, and is not the pupil's to see.
  await expect(page.getByText('Añadir a Ángel CanoRobles')).toHaveCount(0);

  // The pupil holds the tablet when the network comes back: the teacher's change goes first, under the teacher's name.
  await desk.mend();
  await allSent(page);
  await expect(page.getByText('Todo ha llegado')).toBeVisible();
  await desk.cut();
  await signOut(page);
  await signIn(page, '/login', 'marta.ruiz.1', marta.password);
  await openSpace(page, space);
  await openMembers(page);
  // What came over the socket is stored: it is here with no network after a cold start.
  await page.reload();
  const row = page.getByRole('listitem').filter({ hasText: 'angel.canorobles.1' });
  await expect(row.getByText('Enviado')).toBeAttached();
  await expect(row).toContainText('Último acceso');
});

test('[SY5] a tablet that has nothing yet is given all packed over HTTP, and over its sockets only what is written since', async ({
  relay,
  tablet
}) => {
  const [first, second] = [await tablet(), await tablet()];
  const class4a = Array.from({ length: 25 }, (_, at) => ({
    given: `Ana${String.fromCharCode(97 + at)}`,
    family: 'Prueba',
    password: 'tigre7luna'
  }));
  await begin(first, relay, space, { teachers: [luca], pupils: class4a });
  await allSent(first.page);
  const came = { sockets: 0, http: [] as (string | undefined)[] };
  second.page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => (came.sockets += payload.length));
  });
  second.page.on('response', (response) => {
    if (/\/api\/documents\/(members|staff)/.test(response.url()))
      came.http.push(response.headers()['content-encoding']);
  });
  await enter(second, 'luca.bianchi.1', luca.password, space);
  await openMembers(second.page);
  await expect(memberRow(second.page, 'Anaa Prueba')).toBeVisible();
  // Both documents, packed; 25 pupils are some 12 KB in `members` alone.
  expect(came.http).toEqual(['gzip', 'gzip']);

  await openMembers(first.page);
  await addPupil(first.page, angel);
  await expect(memberRow(second.page, 'Ángel CanoRobles')).toBeVisible();
  expect(came.sockets).toBeGreaterThan(0);
  expect(came.sockets).toBeLessThan(6_000);
});
