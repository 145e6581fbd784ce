import { expect, type Locator, type Page } from '@playwright/test';
import type { DeviceId } from '#lib/domain/ids.ts';
import type { Tablet } from './journey.ts';
import type { RelayProcess } from './relay-process.ts';
import { school, type Known, type School } from './school.ts';
import { openSpace, signIn } from './steps.ts';
import { rowsOf, type Row, type WaitingRow } from './tablet-rows.ts';

/** What people do with classroom tablets, through the screens. Each step ends when the screen says that it is done. */

/** The teacher signs in on a device of their own and opens the TwinSpace. */
export async function teacherIn(tablet: Tablet, { teacher, name }: School): Promise<Page> {
  const { page } = tablet;
  await signIn(page, '/login', teacher.username, teacher.password);
  await openSpace(page, name);
  return page;
}

/** The day before is over: the class is open on its one tablet. */
export interface OneClass {
  readonly made: School;
  readonly one: Tablet;
  /** Of the class's tablet. */
  readonly page: Page;
  /** The first child, who has pictures, and two others. */
  readonly small: Known;
  readonly ana: Known;
  readonly ben: Known;
}

/** A school whose class is open on one tablet. */
export async function oneClass(
  relay: RelayProcess,
  tablet: () => Promise<Tablet>,
  count = 3
): Promise<OneClass> {
  const made = await school(`http://127.0.0.1:${relay.port}`, relay.setupPath, count);
  const [small, ana, ben] = made.pupils;
  if (!small || !ana || !ben) throw new Error('a class has three children');
  const one = await tablet();
  await enrol(made, [one]);
  const { page } = one;
  await openClass(page, made);
  return { made, one, page, small, ana, ben };
}

/** Opens *Dispositivos* of the TwinSpace that is open. */
export async function openDevices(page: Page): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Secciones' })
    .getByRole('link', { name: 'Dispositivos' })
    .click();
  await expect(page.getByRole('heading', { name: 'Dispositivos', level: 1 })).toBeVisible();
}

/** The teacher offers tablets for the class; resolves with the short code and the link behind the QR code. */
export async function offerTablets(page: Page, school: School, count = 1): Promise<{ code: string }> {
  await openDevices(page);
  await page.getByRole('link', { name: 'Añadir tabletas de clase' }).first().click();
  await page.getByRole('spinbutton', { name: '¿Cuántas?' }).fill(String(count));
  await page.getByRole('radio', { name: 'Solo estos grupos' }).check();
  await page.getByRole('checkbox', { name: school.className }).check();
  await page.getByRole('checkbox', { name: school.teacher.display }).check();
  await page.getByRole('button', { name: 'Mostrar el código' }).click();
  const code = page.getByText(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/).first();
  await expect(code).toBeVisible();
  return { code: ((await code.textContent()) ?? '').trim() };
}

/** A tablet types the code and its name, or takes the one it is offered, and waits for the yes. */
export async function askToBeLetIn({ page }: Tablet, code: string, name?: string): Promise<void> {
  await page.goto('/tablet');
  await page.getByLabel('Código').fill(code);
  await page.getByRole('button', { name: 'Continuar' }).click();
  const field = page.getByLabel('Nombre de la tableta');
  if (name === undefined) await expect(field).toHaveValue(/^Tableta \d+$/);
  else await field.fill(name);
  await page.getByRole('button', { name: 'Pedir permiso' }).click();
  await expect(page.getByRole('heading', { name: 'Espera un momento' })).toBeVisible();
}

/**
 * These tablets ask to be the class's, each by its code, and its teacher says yes elsewhere, through the gate. How that is
 * done on the screens stands in the journeys of enrolment.
 */
export async function enrol(made: School, tablets: readonly Tablet[]): Promise<void> {
  const code = await made.offersTablets(tablets.length);
  for (const [at, tablet] of tablets.entries()) {
    const name = `Tableta ${at + 1}`;
    await askToBeLetIn(tablet, code, name);
    const [device] = await rowsOf<Row & { readonly id: DeviceId }>(tablet.page, 'device');
    if (!device) throw new Error('a tablet that knows no name of its own');
    await made.admits(device.id, name);
  }
  for (const { page } of tablets) await atTheDoor(page);
}

/** The tablet's door, with the class closed. */
export async function atTheDoor(page: Page): Promise<void> {
  await expect(page.getByLabel('Usuario', { exact: true })).toBeVisible();
  await expect(page.getByText(/lista también sin conexión/)).toBeVisible();
}

/** The teacher opens the class on a tablet for the lesson and hands it on: the tiles are there. */
export async function openClass(page: Page, { teacher }: School): Promise<void> {
  await page.getByRole('button', { name: 'Docente: abrir la clase' }).click();
  await page.getByRole('button', { name: teacher.display }).click();
  await page.getByLabel('Contraseña', { exact: true }).fill(teacher.classroomPassword);
  await page.getByRole('button', { name: 'Entrar', exact: true }).click();
  await page.getByRole('button', { name: 'Abrir la clase' }).click();
  await expect(page.getByText(/Abierta hasta/).first()).toBeVisible();
  await page.getByRole('button', { name: 'Pasar la tableta' }).click();
  await expect(page.getByRole('heading', { name: '¿Quién eres?' })).toBeVisible();
}

/** The tile of a child on the class's grid. */
export function tile(page: Page, { display }: Known): Locator {
  return page.getByRole('list', { name: '¿Quién eres?' }).getByRole('button', { name: display });
}

/** A child taps their tile and opens their work with the password. */
export async function takeTurn(page: Page, child: Known): Promise<void> {
  await tile(page, child).click();
  await openWithPassword(page, child);
}

/** A tablet that was interrupted asks whether the same child goes on: they do. */
export async function goOn(page: Page, child: Known): Promise<void> {
  await expect(page.getByRole('heading', { name: '¿Sigues tú?' })).toBeVisible();
  await openWithPassword(page, child);
}

/** The door asks for the secret of one child, who gives the password. */
async function openWithPassword(page: Page, child: Known): Promise<void> {
  const password = page.getByLabel('Contraseña', { exact: true });
  // Whoever has pictures is asked for them first.
  const rather = page.getByRole('button', { name: 'Entrar con contraseña' });
  await expect(password.or(rather).first()).toBeVisible();
  if (await rather.isVisible()) await rather.click();
  await password.fill(child.password);
  await page.getByRole('button', { name: 'Entrar', exact: true }).click();
  await expect(page.getByRole('region', { name: `Es el turno de ${child.display}` })).toBeVisible();
}

/** "He terminado": the tiles are there for the next child. */
export async function finish(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'He terminado' }).click();
  await expect(page.getByRole('heading', { name: '¿Quién eres?' })).toBeVisible();
}

/** Opens what one tells of oneself. */
export async function openProfile(page: Page): Promise<Locator> {
  if (!page.url().endsWith('/profile')) {
    const sections = page.getByRole('navigation', { name: 'Secciones' });
    await sections.getByRole('link', { name: 'TwinSpace', exact: true }).click();
    await page.getByRole('link', { name: 'Sobre mí' }).first().click();
  }
  const field = page.getByRole('textbox', { name: 'Cuenta algo de ti' });
  await expect(field).toBeVisible();
  return field;
}

/** Writes what one tells of oneself and hands it in. */
export async function tellOfOneself(page: Page, text: string): Promise<void> {
  const field = await openProfile(page);
  await field.fill(text);
  // AP10: what was said of the time before stands no more in the way.
  await expect(page.getByText(/^Guardado(\. | en «)/)).toHaveCount(0);
  await page.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expect(page.getByText(/^Guardado(\. | en «)/)).toBeVisible();
  // It is stored, and no draft any more.
  await expect.poll(() => handedIn(page)).toContain(text);
  await expect.poll(() => storedDrafts(page)).not.toContain(text);
}

/** What has been begun on this tablet, and is kept. */
export async function storedDrafts(page: Page): Promise<readonly string[]> {
  return (await rowsOf<Row & { readonly text: string }>(page, 'drafts')).map(({ text }) => text);
}

/** What was told of oneself on this tablet, sent or not. */
export async function handedIn(page: Page): Promise<readonly string[]> {
  const waiting = await rowsOf<WaitingRow>(page, 'outbox');
  const arrived = await rowsOf<Row & { name: string; payload: string }>(page, 'settled');
  const payloads = [
    ...waiting.map(({ name, signed }) => ({ name, payload: signed.payload })),
    ...arrived.map(({ name, payload }) => ({ name, payload }))
  ].filter(({ name }) => name === 'member.profile');
  return payloads.map(({ payload }) => {
    const args = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { text: string };
    return args.text;
  });
}
