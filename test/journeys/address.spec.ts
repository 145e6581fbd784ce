import { expect, test } from '../support/journey.ts';
import { school } from '../support/school.ts';
import { allSent, inviteTeacher, keepCode, marta, openSpace, toFounding } from '../support/steps.ts';

const space = 'Ríos de Europa';

test('[AP8, OP12, AP6] before founding the first screen says where the link is; links bear the address that was said, offline too, and else warn', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const { page } = desk;
  // Whatever stood there for a moment only is seen, too.
  await page.addInitScript(() => {
    const look = (): void => {
      if (document.querySelector('a[href="/pupil-login"]')) document.documentElement.dataset['doors'] = '';
    };
    new MutationObserver(look).observe(document, { childList: true, subtree: true });
  });
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Aún no está en marcha' })).toBeVisible();
  await expect(page.locator('html[data-doors]')).toHaveCount(0);

  // The relay hears the address, and its answer is lost: whoever founds is told to look.
  const asked = page.waitForResponse(/\/api\/address$/);
  await page.goto(relay.setupPath);
  await asked;
  desk.loseAnswersTo('/api/address');
  await toFounding(page, marta, space, 'twin.example.org');
  await expect(page.getByText('No se sabe si la dirección se ha guardado')).toBeVisible();
  desk.loseAnswersTo();
  await keepCode(page);
  await openSpace(page, space);
  await allSent(page);
  await desk.cut();
  expect(await inviteTeacher(page, 'Luca')).toMatch(/^https:\/\/twin\.example\.org\/invite#/);
  await expect(page.getByText('solo se abre en este ordenador')).toHaveCount(0);
  await desk.mend();

  const fresh = await tablet();
  await fresh.page.goto('/');
  await expect(fresh.page.getByRole('link', { name: /Soy alumno/ })).toBeVisible();

  await page.getByRole('navigation', { name: 'Secciones' }).getByRole('link', { name: 'TwinSpace' }).click();
  await page.getByRole('link', { name: 'Ajustes', exact: true }).click();
  await page.getByLabel('Otra dirección').fill('');
  await page.getByRole('button', { name: 'Usar esta dirección' }).click();
  await expect(page.getByText('Esta dirección solo se abre en este ordenador')).toBeVisible();
  expect(await inviteTeacher(page, 'Marie')).toContain(`${desk.origin}/invite#`);
  await expect(page.getByText('Esta dirección solo se abre en este ordenador')).toBeVisible();
});

test('[LI6, AP9, AP10] a teacher with an account founds another TwinSpace with it; every title is told, and without a network what is said is true', async ({
  relay,
  tablet
}) => {
  const { teacher } = await school(`http://127.0.0.1:${relay.port}`, relay.setupPath, 1);
  const desk = await tablet();
  const { page } = desk;
  await page.goto(relay.foundingPath());
  await page.getByRole('button', { name: 'Ya tengo usuario' }).click();
  await page.getByLabel('Usuario').fill(teacher.username);
  await page.getByLabel('Contraseña', { exact: true }).fill(teacher.password);
  await page.getByRole('button', { name: 'Entrar', exact: true }).click();
  await page.getByLabel('Nombre del TwinSpace').fill('Mares');
  await expect(page.getByLabel('Dirección que abren las tabletas')).toHaveCount(0);
  await page.getByRole('button', { name: 'Fundar' }).click();
  await expect(page.getByRole('heading', { name: 'Mares', level: 1 })).toBeVisible();

  // The region in which the router tells screen readers where they are.
  const told = page.locator('#svelte-announcer');
  await expect(told).toHaveText('Mares · TwinSpace');
  await page.goto('/login');
  await expect(page.getByRole('heading', { name: 'Mis TwinSpaces' })).toBeVisible();
  await expect(told).toHaveText('Mis TwinSpaces · TwinSpace');
  await openSpace(page, 'Mares');
  await expect(told).toHaveText('Mares · TwinSpace');

  // The next one is founded by whoever is signed in already.
  await page.goto(relay.foundingPath());
  await expect(page.getByRole('button', { name: 'Entrar como Marta Ruiz' })).toBeVisible();
  await expect(page.getByText('Primero tus datos')).toHaveCount(0);
  await page.getByRole('button', { name: 'Entrar como Marta Ruiz' }).click();
  await page.getByLabel('Nombre del TwinSpace').fill('Lagos');
  await page.getByRole('button', { name: 'Fundar' }).click();
  await expect(page.getByRole('heading', { name: 'Lagos', level: 1 })).toBeVisible();

  await desk.cut();
  await page.getByRole('link', { name: 'Ajustes', exact: true }).click();
  await page.getByLabel('Nombre del TwinSpace').fill('Lagos y ríos');
  await page.getByRole('button', { name: 'Cambiar el nombre' }).click();
  await expect(page.getByText('Ahora se llama «Lagos y ríos». Los demás aún no lo saben.')).toBeVisible();
});
