import { begin } from '../support/begin.ts';
import { expect, test } from '../support/journey.ts';
import { enterPage, line, openPage, openPages } from '../support/page-steps.ts';
import { allSent, openTray, signIn } from '../support/steps.ts';
import type { Locator, Page } from '@playwright/test';

const space = 'Ríos de Europa';
const ana = { given: 'Ana', family: 'Uno', password: 'tigre7luna' };
const leo = { given: 'Leo', family: 'Dos', password: 'perro5nube' };
const [duero, ebro] = ['El Duero', 'El Ebro'];

function talk(page: Page): Locator {
  return page.getByRole('complementary', { name: 'Comentarios' });
}

async function says(page: Page, text: string): Promise<void> {
  await talk(page)
    .getByLabel(/^Escribe (un comentario|sobre este párrafo)$/)
    .fill(text);
  await talk(page).getByRole('button', { name: 'Comentar', exact: true }).click();
  await expect(talk(page).getByText(text)).toBeVisible();
}

test('[CO1, CO2, CO6, HI1, HI2, WN1, TR1] offline a pupil says something of a classmate’s page and hands in their own; the teacher answers; what is refused is in the tray with its words', async ({
  relay,
  tablet
}) => {
  const [desk, anas] = [await tablet(), await tablet()];
  await begin(desk, relay, space, {
    pupils: [ana, leo],
    pages: [
      { title: duero, given: ['Leo'], lines: 'El Duero es un río.' },
      { title: ebro, given: ['Ana'], lines: 'El Ebro es un río.' }
    ]
  });

  // Ana, on the way home: about a paragraph of Leo's page, with a sign, and her own page is ready.
  await signIn(anas.page, '/login', 'ana.uno.1', ana.password);
  await enterPage(anas.page, space, duero);
  await expect(line(anas.page, 'El Duero es un río.')).toBeVisible();
  await openPage(anas.page, ebro);
  await expect(line(anas.page, 'El Ebro es un río.')).toBeVisible();
  await anas.readyForOffline();
  await anas.cut();
  await openPage(anas.page, duero);
  await talk(anas.page).getByRole('button', { name: '¡Bravo!' }).click();
  await talk(anas.page).getByRole('button', { name: 'Sobre un párrafo' }).click();
  await anas.page.getByRole('button', { name: 'Sobre este: El Duero es un río.' }).click();
  await says(anas.page, '¿Dónde nace?');
  await openPage(anas.page, ebro);
  await anas.page.getByRole('button', { name: 'Entregar', exact: true }).click();
  await expect(anas.page.getByText('La entregaste el')).toBeVisible();
  await anas.page.reload();
  await expect(anas.page.getByText('La entregaste el')).toBeVisible();
  await anas.mend();
  await allSent(anas.page);

  // Her teacher is told what is new, reads it all, and gives her page back with an answer.
  await expect(desk.page.getByRole('link', { name: `${ebro} La ha entregado Ana Uno` })).toBeVisible();
  await desk.page.getByRole('link', { name: `${duero} Un comentario de Ana Uno` }).click();
  const asked = talk(desk.page).getByRole('listitem').filter({ hasText: '¿Dónde nace?' });
  await expect(asked).toContainText('Ana Uno');
  await expect(asked.getByRole('button', { name: 'Ver el párrafo: El Duero es un río.' })).toBeVisible();
  await expect(talk(desk.page).getByText('¡Bravo!: Ana Uno')).toBeVisible();
  await openPages(desk.page);
  await expect(desk.page.getByText('Ana Uno la entregó el')).toBeVisible();
  await desk.page.getByRole('link', { name: ebro }).first().click();
  await desk.page.getByRole('button', { name: 'Devolver' }).click();
  const dialog = desk.page.getByRole('dialog');
  await dialog.getByLabel('Tu respuesta').fill('Muy bien. Añade un mapa.');
  await dialog.getByRole('button', { name: 'Devolver' }).click();
  await allSent(desk.page);
  await expect(talk(anas.page).getByText('Muy bien. Añade un mapa.')).toBeVisible();
  await expect(anas.page.getByRole('button', { name: 'Entregar', exact: true })).toBeVisible();

  // Ana answers offline; meanwhile the teacher has closed Leo's page. Her words are not lost.
  await openPage(anas.page, duero);
  await anas.cut();
  await says(anas.page, 'Ya sé dónde nace el Duero.');
  await openPage(desk.page, duero);
  await desk.page.getByRole('button', { name: `Opciones de ${duero}` }).click();
  await desk.page.getByRole('menuitem', { name: /borrador/i }).click();
  await expect(desk.page.getByText('Borrador', { exact: true }).first()).toBeVisible();
  await allSent(desk.page);
  await anas.mend();
  await expect(anas.page.getByText('1 rechazado').first()).toBeVisible();
  await openTray(anas.page);
  await expect(anas.page.getByRole('article', { name: `Comentar «${duero}»` })).toContainText(
    'Ya sé dónde nace el Duero.'
  );
  expect(await talk(desk.page).getByText('Ya sé dónde nace el Duero.').count()).toBe(0);
});
