import { expect, type Page } from '@playwright/test';
import { openMembers } from './steps.ts';

/** Thirty pupils of four schools as a spreadsheet gives them: Spanish, Polish, Greek, Turkish. Two have one name. */
export const names: readonly (readonly [given: string, family: string])[] = [
  ['Ángel', 'Cano Robles'],
  ['María José', 'Núñez Peña'],
  ['Íñigo', 'Echevarría Güell'],
  ['Lucía', "D'Ors"],
  ['Martín', 'de la Fuente'],
  ['Carla', 'Puig'],
  ['Ángel', 'Cano Robles'],
  ['Noa', 'Vázquez-Río'],
  ['Zofia', 'Wiśniewska'],
  ['Łukasz', 'Żółkiewski'],
  ['Małgorzata', 'Dąbrowska'],
  ['Jan', 'Kowalski'],
  ['Święta', 'Grzyb'],
  ['Michał', 'Ćwik'],
  ['Oliwia', 'Nowak-Źrebiec'],
  ['Ελένη', 'Παπαδοπούλου'],
  ['Γιώργος', 'Οικονόμου'],
  ['Αθηνά', 'Ξυδάκη'],
  ['Νίκος', 'Ψαρράς'],
  ['Σοφία', 'Χατζή'],
  ['Δημήτρης', 'Ουζούνης'],
  ['Μαρία', 'Γεωργίου'],
  ['Işıl', 'Çağlar'],
  ['İbrahim', 'Öztürk'],
  ['Şebnem', 'Yıldız'],
  ['Oğuz', 'Ünal'],
  ['Gülşah', 'Aydın'],
  ['Emre', 'Koç'],
  ['Zeynep', 'Işık'],
  ['Ömer', 'Şahin']
];

/** The same as it is pasted. */
export const thirty = ['Nombre\tApellidos', ...names.map((name) => name.join('\t'))].join('\n');

/** MEMBERS → Add / invite members → Add a class. */
export async function openClass(page: Page): Promise<void> {
  await openMembers(page);
  await page.getByRole('link', { name: 'Añadir / invitar miembros' }).click();
  await page.getByRole('link', { name: 'Añadir una clase' }).click();
  await expect(page.getByRole('heading', { name: 'Añadir una clase' })).toBeVisible();
}

/** Pastes a list and looks at what it comes to. */
export async function paste(page: Page, list: string): Promise<void> {
  await page.getByLabel('Pega aquí la lista').fill(list);
  await page.getByRole('button', { name: 'Ver la lista' }).click();
  await expect(page.getByText(/alumnos? en la lista/).first()).toBeVisible();
}
