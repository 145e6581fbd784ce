import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { begin } from '../support/begin.ts';
import { expect, test } from '../support/journey.ts';
import { addPupil, openMembers, openNewPupil, openSpace } from '../support/steps.ts';

const space = 'Ríos de Europa';

/** WCAG 2.2 AA, as far as a machine can see it, in both themes. */
async function accessible(page: Page, what: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze();
    expect(
      violations.map(
        ({ id, nodes }) => `${what}, ${colorScheme}: ${id}: ${nodes.map(({ html }) => html).join(' ')}`
      )
    ).toEqual([]);
  }
  expect(await smallFields(page), what).toEqual([]);
}

/** Fields into which an iPad would zoom: letters under 16 pixels. */
function smallFields(page: Page): Promise<readonly string[]> {
  return page
    .locator('input:not([type=checkbox], [type=radio], [type=file], [type=range]), select, textarea')
    .evaluateAll((fields) =>
      fields
        .filter((field) => Number.parseFloat(getComputedStyle(field).fontSize) < 16)
        .map(({ outerHTML }) => outerHTML)
    );
}

test('[AP4, BR8] every screen can be used by everybody, in both themes', async ({ relay, tablet }) => {
  const desk = await tablet();
  const { page } = desk;
  for (const path of ['/', '/login', '/pupil-login', '/recover', '/tablet', relay.setupPath]) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await accessible(page, path);
  }
  await begin(desk, relay, space);
  await page.getByRole('link', { name: 'TwinSpace' }).first().click();
  await expect(page.getByRole('heading', { name: 'Mis TwinSpaces' })).toBeVisible();
  await accessible(page, 'my TwinSpaces');
  await openSpace(page, space);
  await accessible(page, 'TwinSpace');
  await openNewPupil(page);
  await page.getByLabel('Apellidos').fill('Cano Robles');
  await accessible(page, 'new pupil');
  await addPupil(page, { given: 'Ana', family: 'Uno', password: 'tigre7luna' });
  await accessible(page, 'pupil added');
  await openMembers(page);
  await accessible(page, 'members');
  const inSpace = new URL(page.url()).pathname.replace(/\/members.*/, '');
  const ofSpace = [
    'activity',
    'groups',
    'settings',
    'tablets',
    'tablets/add',
    'profile',
    'members/add',
    'members/add/class',
    'members/add/existing'
  ];
  for (const path of [
    ...ofSpace.map((one) => `${inSpace}/${one}`),
    '/account',
    '/account/password',
    '/device'
  ]) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByRole('status').filter({ hasText: 'Un momento' })).toHaveCount(0);
    await accessible(page, path);
  }
  for (const place of ['Bandeja', 'Este dispositivo']) {
    await page.getByRole('navigation', { name: 'Secciones' }).getByRole('link', { name: place }).click();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await accessible(page, place);
  }
});
