import { begin } from '../support/begin.ts';
import { expect, test } from '../support/journey.ts';
import { addPupil, allSent, marta, memberRow, openMembers, openSpace, signIn } from '../support/steps.ts';

const space = 'Ríos de Europa';

test('[OB5, OB1, OB4] the relay is killed in the middle of work and started again: nothing is gone, nothing is there twice', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const { page } = desk;
  await begin(desk, relay, space, { pupils: [{ given: 'Ana', family: 'Uno', password: 'tigre7luna' }] });
  await allSent(page);
  await desk.readyForOffline();
  await relay.kill();
  await addPupil(page, { given: 'Ana', family: 'Dos', password: 'tigre7luna' });
  await expect(page.getByText(/espera/).first()).toBeVisible();
  await relay.start();
  await addPupil(page, { given: 'Ana', family: 'Tres', password: 'tigre7luna' });
  await relay.kill();
  await relay.start();
  await allSent(page);

  // Another device sees exactly what the relay kept.
  const other = await tablet();
  await signIn(other.page, '/login', 'marta.ruiz.1', marta.password);
  await openSpace(other.page, space);
  await openMembers(other.page);
  for (const name of ['Ana Uno', 'Ana Dos', 'Ana Tres'])
    await expect(memberRow(other.page, name)).toHaveCount(1);
  await expect(other.page.getByText('4 miembros en la lista')).toBeAttached();
});

test('[AP1, SE1, OB1] a tablet is reloaded and closed offline: it starts cold, at any address, with all that waited', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const { page } = desk;
  await begin(desk, relay, space);
  await desk.cut();
  await addPupil(page, { given: 'Ana', family: 'Uno', password: 'tigre7luna' });
  await openMembers(page);
  await page.reload();
  await expect(memberRow(page, 'Ana Uno')).toContainText('ana.uno.1');

  // Closed: the session has ended, the work has not.
  const address = page.url();
  const again = await desk.context.newPage();
  await page.close();
  await relay.kill();
  await again.goto(address);
  await signIn(again, '/login', 'marta.ruiz.1', marta.password);
  await openMembers(again);
  await expect(memberRow(again, 'Ana Uno').getByText('Espera envío')).toBeAttached();

  await relay.start();
  await desk.mend();
  await allSent(again);
  await expect(memberRow(again, 'Ana Uno').getByText('Enviado')).toBeAttached();
});

test('[SI5, OB2] a tablet that lost its cookie says so, signs in again, and sends what waited under its old name', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const { page } = desk;
  await begin(desk, relay, space);
  await allSent(page);
  await desk.cut();
  await addPupil(page, { given: 'Ana', family: 'Uno', password: 'tigre7luna' });
  await desk.context.clearCookies();
  await desk.mend();
  await expect(page.getByText('Hay que entrar otra vez en este dispositivo')).toBeVisible();
  await page.getByRole('button', { name: 'Entrar otra vez' }).click();
  await page.waitForURL(/\/login/);
  await signIn(page, '/login', 'marta.ruiz.1', marta.password);
  await openSpace(page, space);
  await allSent(page);
  await openMembers(page);
  await expect(memberRow(page, 'Ana Uno').getByText('Enviado')).toBeAttached();
});
