import { begin } from '../support/begin.ts';
import { expect, test } from '../support/journey.ts';
import { addPupil, allSent, marta, memberRow, openMembers, openSpace } from '../support/steps.ts';

const space = 'Ríos de Europa';
const late = 'En esta red todo llega con algo de retraso';

for (const upgrades of ['refused', 'swallowed'] as const)
  test(`[NW10] where sockets are ${upgrades} documents come by HTTP, and the screen says that this network holds them back`, async ({
    relay,
    tablet
  }) => {
    const home = await tablet();
    await begin(home, relay, space);
    const held = await tablet();
    held.upgrades(upgrades);
    held.loseAnswersTo('/api/documents');
    const { page } = held;
    await page.goto('/login');
    // Whatever the screen says on the way, never that there is nothing.
    await page.evaluate(() => {
      const look = (): void => {
        if (document.body.innerText.includes('Aún no estás en ningún'))
          Object.assign(globalThis, { empty: true });
      };
      new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
    });
    await page.getByLabel('Usuario').fill('marta.ruiz.1');
    await page.getByLabel('Contraseña', { exact: true }).fill(marta.password);
    await page.getByRole('button', { name: 'Entrar' }).click();
    await expect(page.getByText('Aún no han llegado tus TwinSpaces')).toBeVisible();
    held.loseAnswersTo();
    await openSpace(page, space);
    expect(await page.evaluate(() => 'empty' in globalThis)).toBe(false);
    await expect(page.getByText(late)).toBeVisible();

    // What is sent from here is confirmed, and what others do arrives.
    await addPupil(page, { given: 'Ana', family: 'Uno', password: 'tigre7luna' });
    await allSent(page);
    await openMembers(page);
    await expect(memberRow(page, 'Ana Uno').getByText('Espera envío')).toHaveCount(0);
    await addPupil(home.page, { given: 'Ana', family: 'Dos', password: 'tigre7luna' });
    await allSent(home.page);
    await expect(memberRow(page, 'Ana Dos')).toBeVisible();

    held.upgrades('pass');
    await expect(page.getByText(late)).toHaveCount(0);
  });
