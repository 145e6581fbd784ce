import { expect, test } from '../support/journey.ts';
import { school } from '../support/school.ts';
import { allSent, found, marta, signIn, toFounding } from '../support/steps.ts';

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

test('[BR7] whoever signs in has the browser asked to keep what is stored, and is told what it says', async ({
  relay,
  tablet
}) => {
  const { teacher, name } = await school(relay.address, relay.setupPath, 3);
  const { page } = await tablet();
  // The browser's own answer is left as it is; only that it was asked is noted.
  await page.addInitScript(() => {
    const storage = navigator.storage;
    const persist = storage.persist.bind(storage);
    storage.persist = () => {
      document.documentElement.dataset['askedToKeep'] = '';
      return persist();
    };
  });
  await page.goto('/login');
  await expect(page.getByLabel('Usuario')).toBeVisible();
  await expect(page.locator('html')).not.toHaveAttribute('data-asked-to-keep');
  await signIn(page, '/login', teacher.username, teacher.password);
  await expect(page.getByRole('link', { name: new RegExp(name) }).first()).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-asked-to-keep');

  // A browser without such a promise offers no button that does nothing.
  const other = await tablet();
  await other.page.addInitScript(() => {
    Reflect.deleteProperty(StorageManager.prototype, 'persist');
    Reflect.deleteProperty(StorageManager.prototype, 'persisted');
  });
  await signIn(other.page, '/login', teacher.username, teacher.password);
  await other.page
    .getByRole('navigation', { name: 'Secciones' })
    .getByRole('link', { name: 'Este dispositivo' })
    .click();
  await expect(other.page.getByText('Este navegador no dice si lo conserva')).toBeVisible();
  await expect(other.page.getByRole('button', { name: 'Pedir que lo conserve' })).toHaveCount(0);
});

test('[BR10] where the browser keeps no cookie the set-up link is not used up, and the words say what to do', async ({
  relay,
  tablet
}) => {
  const { context, page } = await tablet();
  // A browser that keeps no cookies: none is there when the next request is made.
  await context.route('**/api/**', async (route) => {
    await context.clearCookies();
    await route.continue();
  });
  const other = await tablet();
  await page.goto(relay.setupPath);
  await toFounding(page, marta, 'Ríos de Europa');
  await expect(
    page.getByRole('alert').filter({ hasText: 'Este navegador no guarda la sesión' })
  ).toBeVisible();
  // In another browser the same link founds the TwinSpace.
  await found(other, relay.setupPath, marta, 'Ríos de Europa');
});

test('[BR11] a page that is seen again looks for the relay at once', async ({ relay, tablet }) => {
  const { teacher, name } = await school(relay.address, relay.setupPath, 3);
  const { page } = await tablet();
  await signIn(page, '/login', teacher.username, teacher.password);
  await expect(page.getByRole('link', { name: new RegExp(name) }).first()).toBeVisible();
  await allSent(page);
  // A question that is under way is the answer to a second one: it comes to the front until it asks by itself.
  await expect(async () => {
    const asked = page.waitForRequest('**/api/device?*', { timeout: 1_000 });
    // As iPads do when the app is seen again.
    await page.evaluate(() => dispatchEvent(new Event('pageshow')));
    await asked;
  }).toPass();
});

test('[HT7] a page makes no script and no markup of a text, and runs no worker of anybody else', async ({
  tablet,
  expected
}) => {
  expected.push(/requires 'Trusted/);
  const { page } = await tablet();
  await page.goto('/login');
  await expect(page.getByLabel('Usuario')).toBeVisible();
  const tried = await page.evaluate(() => {
    const attempt = (act: () => unknown): string => {
      try {
        act();
        return 'done';
      } catch (error) {
        return error instanceof TypeError ? 'refused' : String(error);
      }
    };
    return [
      attempt(() => (document.createElement('p').innerHTML = '<img src=x onerror=alert(1)>')),
      attempt(() => (document.createElement('script').src = '/_app/other.js')),
      attempt(() => new Worker('/api/relay')),
      attempt(() => new Worker('https://elsewhere.example/_app/immutable/x.js'))
    ];
  });
  expect(tried).toEqual(['refused', 'refused', 'refused', 'refused']);
});
