import { begin } from '../support/begin.ts';
import { expect, test, type Tablet } from '../support/journey.ts';
import type { Page } from '@playwright/test';
import {
  addPupil,
  allSent,
  found,
  marta,
  memberRow,
  openMemberMenu,
  openMembers,
  openSpace,
  signIn,
  signOut
} from '../support/steps.ts';

const space = 'Ríos de Europa';
const fresh = 'tres nubes sobre el Duero';
const ana = { given: 'Ana', family: 'Sanz', password: 'tigre7luna' };

async function openAccount(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Mi cuenta' }).first().click();
  await expect(page.getByRole('heading', { name: 'Mi cuenta', level: 1 })).toBeVisible();
}

/** Fills in the form of an adult; ends on the new recovery code, and gives it. */
async function choose(page: Page, old: string, next: string): Promise<string> {
  await page.getByLabel('Contraseña de ahora').fill(old);
  await page.getByLabel('Contraseña nueva', { exact: true }).fill(next);
  await page.getByLabel('Repite la contraseña', { exact: true }).fill(next);
  await page.getByRole('button', { name: 'Cambiar mi contraseña' }).click();
  await expect(page.getByRole('heading', { name: 'Código de recuperación' })).toBeVisible();
  return (
    (
      await page
        .getByText(/^([0-9A-Z]{5}-){4}[0-9A-Z]{5}$/)
        .first()
        .textContent()
    )?.trim() ?? ''
  );
}

async function keep(page: Page): Promise<void> {
  await page.getByLabel('Lo he guardado en un lugar seguro').check();
  await page.getByRole('button', { name: 'Continuar' }).click();
}

async function recover(tablet: Tablet, code: string, next: string): Promise<void> {
  const { page } = tablet;
  await page.goto('/recover');
  await page.getByLabel('Usuario', { exact: true }).fill('marta.ruiz.1');
  await page.getByLabel('Código de recuperación').fill(code);
  await page.getByLabel('Contraseña nueva', { exact: true }).fill(next);
  await page.getByLabel('Repite la contraseña', { exact: true }).fill(next);
  await page.getByRole('button', { name: 'Cambiar la contraseña' }).click();
}

/** Makes a pupil a teacher; resolves with the address of the link to hand over. */
async function raise(page: Page, name: string, username: string): Promise<string> {
  await openMembers(page);
  await openMemberMenu(page, name, 'Editar acceso');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: 'Docente', exact: true }).check();
  await dialog.getByLabel('Escribe su usuario').fill(username);
  await dialog.getByRole('button', { name: 'Guardar' }).click();
  const link = dialog.getByText(/\/recover#[\w-]{43}/);
  await expect(link).toBeVisible();
  const path = /\/recover#[\w-]{43}/.exec((await link.textContent()) ?? '')?.[0] ?? '';
  await dialog.getByRole('button', { name: 'Hecho' }).click();
  return path;
}

test('[MY2, MY3, MY4, SE6] a teacher chooses another password with no network, and only that one opens', async ({
  relay,
  tablet
}) => {
  const [desk, other] = [await tablet(), await tablet()];
  const oldCode = await found(desk, relay.setupPath, marta, space);
  await allSent(desk.page);
  // Another device on which the old password is at work.
  await signIn(other.page, '/login', 'marta.ruiz.1', marta.password);
  await openSpace(other.page, space);
  const { page } = desk;
  await desk.cut();
  await openAccount(page);
  await page.getByRole('link', { name: 'Cambiar mi contraseña' }).click();
  await page.getByLabel('Contraseña de ahora').fill('no es esta');
  await page.getByLabel('Contraseña nueva', { exact: true }).fill(fresh);
  await page.getByLabel('Repite la contraseña', { exact: true }).fill(fresh);
  await page.getByRole('button', { name: 'Cambiar mi contraseña' }).click();
  await expect(page.getByText('Esa no es tu contraseña de ahora')).toBeVisible();
  const code = await choose(page, marta.password, fresh);
  await keep(page);
  await expect(page.getByRole('heading', { name: 'Mi cuenta', level: 1 })).toBeVisible();
  // The session goes on, also over a reload, and what is done now is signed with the new key.
  await page.reload();
  await openSpace(page, space);
  await addPupil(page, ana);

  await signOut(page);
  await signIn(page, '/login', 'marta.ruiz.1', marta.password);
  await expect(page.getByText(/no son correctos/)).toBeVisible();
  await page.getByLabel('Contraseña', { exact: true }).fill(fresh);
  await page.getByRole('button', { name: 'Entrar', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Mis TwinSpaces' })).toBeVisible();

  await desk.mend();
  await allSent(page);
  await openSpace(page, space);
  await openMembers(page);
  await expect(memberRow(page, 'Ana Sanz')).toBeVisible();
  // Elsewhere the old session has ended, and the new password opens.
  await expect(other.page.getByText('Tu contraseña ha cambiado')).toBeVisible();
  await signIn(other.page, '/login', 'marta.ruiz.1', fresh);
  await openSpace(other.page, space);

  const third = await tablet();
  await recover(third, oldCode, 'una que no llega a valer');
  await expect(third.page.getByText(/no son correctos/)).toBeVisible();
  await recover(third, code, 'la última de todas, de verdad');
  await keep(third.page);
  await openSpace(third.page, space);
});

test('[MY7, RO6, AC7, AC10, LI9, G10] a pupil who is made a teacher chooses a password of their own with the link that the administrator hands over, and counts from then on', async ({
  relay,
  tablet
}) => {
  const [desk, own] = [await tablet(), await tablet()];
  const { page } = desk;
  await begin(desk, relay, space, { pupils: [ana] });
  const username = 'ana.sanz.1';
  await allSent(page);
  await signIn(own.page, '/pupil-login', username, ana.password);
  await openSpace(own.page, space);

  const link = await raise(page, 'Ana Sanz', username);
  await allSent(page);

  // With the old password there is no way: it says who hands over the link.
  await expect(own.page.getByText(/Pide el enlace para elegirla a: Marta Ruiz/)).toBeVisible();
  await openAccount(own.page);
  await expect(own.page.getByText(/Pídeselo a: Marta Ruiz/)).toBeVisible();
  await expect(own.page.getByRole('link', { name: 'Cambiar mi contraseña' })).toHaveCount(0);

  await own.page.goto(link);
  await expect(own.page.getByRole('heading', { name: 'Elige tu contraseña' })).toBeVisible();
  await own.page.getByLabel('Contraseña nueva', { exact: true }).fill('corta');
  await own.page.getByRole('button', { name: 'Cambiar la contraseña' }).click();
  await expect(own.page.getByText(/10/).first()).toBeVisible();
  await own.page.getByLabel('Contraseña nueva', { exact: true }).fill(fresh);
  await own.page.getByLabel('Repite la contraseña', { exact: true }).fill(fresh);
  await own.page.getByRole('button', { name: 'Cambiar la contraseña' }).click();
  await own.page.getByLabel('Lo he guardado en un lugar seguro').check();
  await own.page.getByRole('button', { name: 'Continuar' }).click();
  // The role counts: staff see who has which username, and may add pupils.
  await openSpace(own.page, space);
  await allSent(own.page);
  await addPupil(own.page, { given: 'Ben', family: 'Roth', password: 'luna7tigre' });
  await allSent(own.page);

  await openMembers(page);
  await expect(memberRow(page, 'Ben Roth')).toBeVisible();
  await page.getByRole('button', { name: 'Opciones de Ana Sanz' }).click();
  await expect(page.getByRole('menuitem', { name: 'Cambiar contraseña' })).toHaveAttribute(
    'aria-disabled',
    'true'
  );
});

test('[MY7, AC10] a lost link is made anew, and the password is chosen on the administrator’s device, in their presence', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const { page } = desk;
  await begin(desk, relay, space, { pupils: [ana] });
  const username = 'ana.sanz.1';
  const lost = await raise(page, 'Ana Sanz', username);
  await openMemberMenu(page, 'Ana Sanz', 'Enlace para su contraseña');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Crear el enlace' }).click();
  await expect(dialog.getByText(/\/recover#[\w-]{43}/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Elegirla aquí ahora' }).click();
  await expect(page.getByRole('heading', { name: 'Elige tu contraseña' })).toBeVisible();
  await page.getByLabel('Contraseña nueva', { exact: true }).fill(fresh);
  await page.getByLabel('Repite la contraseña', { exact: true }).fill(fresh);
  await page.getByRole('button', { name: 'Cambiar la contraseña' }).click();
  await page.getByLabel('Lo he guardado en un lugar seguro').check();
  await page.getByRole('button', { name: 'Continuar' }).click();
  await openSpace(page, space);
  await signOut(page);
  await signIn(page, '/login', 'marta.ruiz.1', marta.password);
  await openSpace(page, space);

  const other = await tablet();
  await other.page.goto(lost);
  await expect(other.page.getByRole('heading', { name: 'Este enlace no sirve' })).toBeVisible();
});

test('[MY5, MY8, PE16] where pupils may, one chooses a password by the pupils’ rules; the later one at the relay counts', async ({
  relay,
  tablet
}) => {
  const [desk, own] = [await tablet(), await tablet()];
  const { page } = desk;
  await begin(desk, relay, space, { pupils: [ana] });
  const username = 'ana.sanz.1';
  await page.getByRole('navigation', { name: 'Secciones' }).getByRole('link', { name: 'TwinSpace' }).click();
  await page.getByRole('link', { name: 'Ajustes' }).click();
  const setting = page.getByRole('switch', { name: /^Los alumnos pueden cambiar su contraseña/ });
  await setting.click();
  await expect(setting).toBeChecked();
  await allSent(page);

  await signIn(own.page, '/pupil-login', username, ana.password);
  await openSpace(own.page, space);
  await openAccount(own.page);
  await own.page.getByRole('link', { name: 'Cambiar mi contraseña' }).click();
  await own.page.getByLabel('Contraseña de ahora').fill(ana.password);
  await own.page.getByLabel('Contraseña nueva', { exact: true }).fill('con espacio');
  await own.page.getByRole('button', { name: 'Cambiar mi contraseña' }).click();
  await expect(own.page.getByText(/espacio/).first()).toBeVisible();
  await own.page.getByLabel('Contraseña nueva', { exact: true }).fill('ranita5sol8');
  await own.page.getByRole('button', { name: 'Cambiar mi contraseña' }).click();
  await expect(own.page.getByRole('heading', { name: 'Mi cuenta', level: 1 })).toBeVisible();
  await allSent(own.page);
  await signOut(own.page);
  await signIn(own.page, '/pupil-login', username, 'ranita5sol8');
  await openSpace(own.page, space);

  // With no network another one; meanwhile the teacher gives one, because somebody knows the old.
  await own.cut();
  await openAccount(own.page);
  await own.page.getByRole('link', { name: 'Cambiar mi contraseña' }).click();
  await own.page.getByLabel('Contraseña de ahora').fill('ranita5sol8');
  await own.page.getByLabel('Contraseña nueva', { exact: true }).fill('nube3pez4');
  await own.page.getByRole('button', { name: 'Cambiar mi contraseña' }).click();
  await expect(own.page.getByRole('heading', { name: 'Mi cuenta', level: 1 })).toBeVisible();
  await openMembers(page);
  await openMemberMenu(page, 'Ana Sanz', 'Cambiar contraseña');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Contraseña', { exact: true }).fill('queso7lobo2');
  await dialog.getByRole('radio', { name: /alguien/i }).check();
  await dialog.getByRole('button', { name: 'Cambiar contraseña' }).click();
  await dialog.getByRole('button', { name: 'Hecho' }).click();
  await allSent(page);
  await own.mend();
  await expect(own.page.getByText(/La contraseña nueva no se aceptó/)).toBeVisible();
  await signIn(own.page, '/pupil-login', username, 'queso7lobo2');
  await expect(own.page.getByText(/^¡Hola, /)).toBeVisible();
});
