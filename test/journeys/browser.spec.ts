import type { Locator } from '@playwright/test';
import { expect, test } from '../support/journey.ts';
import { school } from '../support/school.ts';
import { oneClass } from '../support/tablet-steps.ts';

/** As a browser or a password manager fills a field in: nobody types, and no event tells. */
async function filledIn(field: Locator, text: string): Promise<void> {
  await field.evaluate((input, value) => {
    if (input instanceof HTMLInputElement) input.value = value;
  }, text);
}

test('[BR1, UN6, G7] a field that the browser filled in counts, and so does a username as a keyboard writes it', async ({
  relay,
  tablet
}) => {
  const { teacher, name, pupils } = await school(`http://127.0.0.1:${relay.port}`, relay.setupPath, 3);
  const [ana] = pupils;
  if (!ana) throw new Error('a class has a child');
  const { page } = await tablet();
  await page.goto('/login');
  await filledIn(page.getByLabel('Usuario'), teacher.username);
  await filledIn(page.getByLabel('Contraseña', { exact: true }), teacher.password);
  await page.getByRole('button', { name: 'Entrar', exact: true }).click();
  await expect(page.getByRole('link', { name: new RegExp(name) }).first()).toBeVisible();

  // A child's keyboard begins with a capital and puts a space behind each dot.
  const second = await tablet();
  const typed = ana.username.replace(/^./, (first) => first.toUpperCase()).replaceAll('.', '. ');
  await second.page.goto('/pupil-login');
  await second.page.getByLabel('Usuario').fill(`${typed}.\u200B`);
  await second.page.getByLabel('Contraseña', { exact: true }).fill(ana.password);
  await second.page.getByRole('button', { name: 'Entrar', exact: true }).click();
  await expect(second.page.getByRole('link', { name: new RegExp(name) }).first()).toBeVisible();
});

test('[BR2] a tablet of many hands asks the browser to keep no password', async ({ relay, tablet }) => {
  const { page, ana } = await oneClass(relay, tablet);
  await page.getByRole('button', { name: new RegExp(ana.display) }).click();
  const password = page.getByLabel('Contraseña', { exact: true });
  await expect(password).toHaveAttribute('autocomplete', 'off');
  await expect(password).toHaveAttribute('data-1p-ignore', '');
  await expect(page.locator('[autocomplete=username], [autocomplete=current-password]')).toHaveCount(0);
  // One's own device may keep it.
  const other = await tablet();
  await other.page.goto('/login');
  await expect(other.page.getByLabel('Contraseña', { exact: true })).toHaveAttribute(
    'autocomplete',
    'current-password'
  );
});

test('[BR3] a link into the app is kept from door to door', async ({ relay, tablet }) => {
  const { teacher, space } = await school(`http://127.0.0.1:${relay.port}`, relay.setupPath, 3);
  const { page } = await tablet();
  const place = `/space/${space}/activity?account=${teacher.account}`;
  await page.goto(place);
  await page.getByRole('link', { name: 'Soy docente' }).click();
  await page.getByRole('link', { name: 'Entrada del alumnado' }).click();
  await page.getByRole('link', { name: 'Soy docente' }).click();
  await page.getByLabel('Usuario').fill(teacher.username);
  await page.getByLabel('Contraseña', { exact: true }).fill(teacher.password);
  await page.getByRole('button', { name: 'Entrar', exact: true }).click();
  await expect(page).toHaveURL(place);
});

test('[BR4] the browser is asked to translate nothing', async ({ tablet }) => {
  const { page } = await tablet();
  await page.goto('/pupil-login');
  await expect(page.locator('html')).toHaveAttribute('translate', 'no');
  await expect(page.locator('meta[name=google]')).toHaveAttribute('content', 'notranslate');
});

test('[BR5] a browser that is too old is told so, in each language, instead of a white page', async ({
  tablet,
  expected
}) => {
  expected.push(/toSorted/);
  const { page } = await tablet();
  await page.addInitScript(() => Reflect.deleteProperty(Array.prototype, 'toSorted'));
  await page.goto('/pupil-login');
  const words = page.getByRole('alert').filter({ hasText: 'demasiado antiguo' });
  await expect(words).toBeVisible();
  await expect(words).toContainText('too old');
  await expect(words).toContainText('16.4');
});

test('[BR5] an app whose script does not come says so, and begins when it does', async ({
  tablet,
  expected
}) => {
  expected.push(/dynamically imported module/);
  const { page } = await tablet();
  await page.route('**/_app/immutable/entry/*.js', (route) => route.abort());
  await page.goto('/pupil-login');
  const words = page.getByRole('alert').filter({ hasText: 'no ha podido empezar' });
  await expect(words).toBeVisible();
  await page.unroute('**/_app/immutable/entry/*.js');
  await words.getByRole('button').click();
  await expect(page.getByLabel('Usuario')).toBeVisible();
  await expect(words).toBeHidden();
});
