import { begin } from '../support/begin.ts';
import { expect, test } from '../support/journey.ts';
import { nextVersion, nextVersionFolder } from '../support/other-version.ts';

const space = 'Ríos de Europa';

test('[AP5] a new version is taken in one tab and all follow, the one where something is typed when it is done with', async ({
  relay,
  tablet
}) => {
  const next = await nextVersionFolder(test.info().outputDir);
  const desk = await tablet();
  const { page, context } = desk;
  await begin(desk, relay, space);
  await desk.readyForOffline();
  const typing = await context.newPage();
  const idle = await context.newPage();
  for (const tab of [typing, idle]) {
    await tab.goto('/login');
    await expect(tab.getByLabel('Usuario')).toBeVisible();
  }
  await relay.stop();
  await relay.start(next);
  await page.evaluate(() => void dispatchEvent(new Event('online')));
  for (const tab of [page, typing, idle]) await expect(tab.getByText('Hay una versión nueva')).toBeVisible();
  const username = typing.getByLabel('Usuario');
  await username.fill('marta.ruiz.1');
  await idle.evaluate(() => void Object.assign(globalThis, { before: true }));

  // Where something is typed, saying yes asks first.
  await typing.getByRole('button', { name: 'Actualizar' }).click();
  await typing.getByRole('button', { name: 'Seguir escribiendo' }).click();
  await expect(username).toHaveValue('marta.ruiz.1');

  await page.getByRole('button', { name: 'Actualizar' }).click();
  await expect(page.getByText('Hay una versión nueva')).toHaveCount(0);
  await page
    .getByRole('navigation', { name: 'Secciones' })
    .getByRole('link', { name: 'Este dispositivo' })
    .click();
  await expect(page.getByText(nextVersion)).toBeVisible();

  await idle.waitForFunction(() => !('before' in globalThis));
  await expect(idle.getByLabel('Usuario')).toBeVisible();
  await expect(idle.getByText('Hay una versión nueva')).toHaveCount(0);

  await expect(typing.getByText('Ya hay otra versión en marcha')).toBeVisible();
  await expect(username).toHaveValue('marta.ruiz.1');
  await typing.getByRole('button', { name: 'Actualizar' }).click();
  await typing.getByRole('button', { name: 'Actualizar de todos modos' }).click();
  await expect(typing.getByText('Ya hay otra versión en marcha')).toHaveCount(0);
  await expect(username).toHaveValue('');
});
