import { begin } from '../support/begin.ts';
import { expect, test } from '../support/journey.ts';
import { storedTexts } from '../support/inspect.ts';
import { angel, allSent, openMembers, openSpace, signIn } from '../support/steps.ts';

test('[G7, AP11, RD1, RD2, SE2] at home, a pupil signs in on a device that has never seen them, and it holds nobody else’s username', async ({
  relay,
  tablet
}) => {
  const [desk, home] = [await tablet(), await tablet({ viewport: { width: 390, height: 844 } })];
  await begin(desk, relay, 'Ríos de Europa', {
    pupils: [angel, { given: 'Zoé', family: 'Nuñez', password: 'nube4barco' }]
  });
  await allSent(desk.page);

  const received = home.record();
  await signIn(home.page, '/pupil-login', 'angel.canorobles.1', 'tigre7luna');
  await openSpace(home.page, 'Ríos de Europa');
  await openMembers(home.page);
  await expect(home.page.getByText('Zoé Nuñez')).toBeVisible();
  await allSent(home.page);

  // A child's places are few, and none is a technician's: what they need of the device stands in their account.
  const places = home.page.getByRole('navigation', { name: 'Secciones' });
  await expect(places.getByRole('link')).toHaveText(['TwinSpace', 'Páginas', 'Miembros']);
  await home.page.getByRole('button', { name: /^Ángel/ }).click();
  await home.page.getByRole('link', { name: 'Mi cuenta' }).click();
  await expect(home.page.getByRole('heading', { name: 'Este dispositivo' })).toBeVisible();
  await expect(home.page.getByText('Hay sitio para lo que haces.')).toBeVisible();

  // What a pupil may not read is not on the device at all: not stored, not received.
  const [stored, heard] = [await storedTexts(home.page), received()];
  for (const text of [stored, heard]) {
    expect(text).toContain('angel.canorobles.1');
    // The app's own scripts are among what was heard: of rooms it is their whole names that count there.
    for (const hidden of [/zoe\.nunez\.1/, /marta\.ruiz\.1/, /staff\/[0-9a-f]{8}-/])
      expect(text).not.toMatch(hidden);
  }
  for (const hidden of ['staff/', 'lastAccess', 'joinings']) expect(stored).not.toContain(hidden);

  // G8: the day, with no time, has reached the teacher.
  const today = new Intl.DateTimeFormat('es', { day: 'numeric', month: 'short', year: 'numeric' }).format(
    new Date()
  );
  await openMembers(desk.page);
  await expect(desk.page.getByText(`Último acceso: ${today}`).first()).toBeVisible();
});
