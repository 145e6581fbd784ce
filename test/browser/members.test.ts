import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { angel, giulia, luca, marta, rios } from '../support/cast.ts';
import { riosDeEuropa } from '../support/world.ts';
import { accessible } from './support/accessible.ts';
import { afterLock, begunOn } from './support/begun.ts';
import { sit } from './support/seat.ts';
import { focus, fromMenu, memberRow } from './support/steps.ts';

const members = `/space/${rios}/members`;

test('[MM12, G9, ME5, ME6, MM1] the menu at a member’s right: the guide’s four and the details; contact, remove, undo, restore', async () => {
  await sit(marta, riosDeEuropa(), members);
  await page.getByRole('button', { name: 'Opciones de Ángel CanoRobles' }).click();
  await expect
    .poll(() =>
      page
        .getByRole('menuitem')
        .elements()
        .map(({ textContent }) => textContent?.trim())
    )
    .toEqual(['Contacto', 'Editar acceso', 'Eliminar', 'Cambiar contraseña', 'Editar datos']);
  await page.getByRole('menuitem', { name: 'Contacto' }).click();
  const dialog = page.getByRole('dialog');
  await expect.element(dialog).toMatchTextContent('angel.canorobles.1');
  await userEvent.keyboard('{Escape}');

  const remove = async (): Promise<void> => {
    await (await fromMenu('Ángel CanoRobles', 'Eliminar')).getByRole('button', { name: 'Eliminar' }).click();
    await expect.element(memberRow('angel.canorobles.1')).not.toBeInTheDocument();
  };
  await remove();
  await page.getByRole('button', { name: 'Deshacer' }).click();
  await expect.element(memberRow('angel.canorobles.1')).toBeVisible();
  await remove();
  await page.getByText('Eliminados: 1').click();
  await page.getByRole('button', { name: 'Recuperar' }).click();
  await expect.element(memberRow('angel.canorobles.1')).toBeVisible();
});

test('[G13, PE10, PE11, PE15] a teacher is greyed out, with the reason and who may, for pupils that are not their own', async () => {
  await sit(luca, riosDeEuropa(), members);
  await page.getByRole('button', { name: 'Opciones de Ángel CanoRobles' }).click();
  for (const name of ['Editar acceso', 'Cambiar contraseña', 'Eliminar']) {
    const item = page.getByRole('menuitem', { name });
    await expect.element(item).toHaveAttribute('aria-disabled', 'true');
    await expect.element(item).toMatchTextContent('Marta Ríos');
  }
  await userEvent.keyboard('{Escape}');
  await page.getByRole('button', { name: 'Opciones de Zoé L' }).click();
  const password = page.getByRole('menuitem', { name: 'Cambiar contraseña' });
  await expect.element(password).not.toHaveAttribute('aria-disabled');
  const access = page.getByRole('menuitem', { name: 'Editar acceso' });
  await expect.element(access).toHaveAttribute('aria-disabled', 'true');
});

test('[G10, ME3] whoever makes a teacher of a pupil types the username out', async () => {
  await sit(marta, riosDeEuropa(), members);
  const dialog = await fromMenu('Ángel CanoRobles', 'Editar acceso');
  await dialog.getByRole('radio', { name: /^Docente(?! administrador)/ }).click();
  await dialog.getByRole('button', { name: 'Guardar' }).click();
  await expect.element(memberRow('angel.canorobles.1')).toMatchTextContent('Alumno');
  await dialog.getByLabelText('Escribe su usuario').fill('angel.canorobles.1');
  await dialog.getByRole('button', { name: 'Guardar' }).click();
  // The link with which Ángel chooses a password of his own.
  await expect.element(dialog.getByText(/\/recover#[\w-]{43}/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Hecho' }).click();
  await expect.element(memberRow('angel.canorobles.1')).toMatchTextContent('Docente');
});

test('[MM5, ME2, ME5, ME6, G9, G10] the role of several pupils, and their removal, each with one undo; adults are left out and said so', async () => {
  await sit(marta, riosDeEuropa(), members);
  const bar = page.getByRole('toolbar', { name: 'Con los elegidos' });
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: 'Elegir varios' }).click();
  const box = page.getByRole('checkbox', { name: 'Elegir a Ángel CanoRobles' });
  await expect.element(box).toBeVisible();
  await focus(box);
  await userEvent.keyboard(' ');
  await expect.element(page.getByText('1 elegido', { exact: true })).toBeVisible();
  await userEvent.keyboard('{ArrowDown}{ArrowUp}');
  await expect.element(box).toHaveFocus();
  // By keyboard, all that are shown, the administrator herself too.
  await page.getByRole('button', { name: 'Elegir a los 4 que se ven' }).click();
  await bar.getByRole('button', { name: 'Cambiar la función' }).click();
  await expect.element(dialog).toMatchTextContent('2 docentes quedan fuera');
  await dialog.getByRole('radio', { name: 'Alumno administrador' }).click();
  await dialog.getByRole('button', { name: 'Hacerlo' }).click();
  await expect.element(memberRow('angel.canorobles.1')).toMatchTextContent('Alumno administrador');
  await page.getByRole('button', { name: 'Deshacer' }).click();
  await expect.element(memberRow('angel.canorobles.1')).not.toMatchTextContent('administrador');

  // Removing all: the last administrator stays, with the reason; the rest is undone in one go.
  await bar.getByRole('button', { name: 'Eliminar' }).click();
  await dialog.getByRole('button', { name: 'Eliminar' }).click();
  await expect.element(dialog).toMatchTextContent('Hecho para 3 personas');
  await expect
    .element(dialog)
    .toMatchTextContent('Marta Ríos: El TwinSpace se quedaría sin docente administrador');
  await expect.element(memberRow('zoe.l.1')).not.toBeInTheDocument();
  await dialog.getByRole('button', { name: 'Deshacer' }).click();
  for (const name of ['angel.canorobles.1', 'zoe.l.1', 'luca.fiume.1'])
    await expect.element(memberRow(name)).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(bar).not.toBeInTheDocument();
});

test('[G12, AC8, MM3] the username is changed on purpose: a warning, and a check whether it is free', async () => {
  await sit(marta, riosDeEuropa(), members);
  const dialog = await fromMenu('Zoé L', 'Editar datos');
  const account = dialog.getByRole('region', { name: 'La cuenta' });
  await account.getByRole('button', { name: 'Cambiar el usuario' }).click();
  await expect.element(account.getByText('Con el usuario antiguo ya no podrá entrar')).toBeVisible();
  const username = account.getByLabelText('Usuario nuevo');
  await username.fill('angel.canorobles.1');
  await account.getByRole('button', { name: 'Comprobar' }).click();
  await expect.element(account.getByText('Ese usuario no vale o ya es de otra persona.')).toBeVisible();
  await username.fill('zoe.lefebvre.1');
  await account.getByRole('button', { name: 'Comprobar' }).click();
  await account.getByRole('button', { name: 'Cambiar el usuario' }).click();
  await expect.element(account.getByText('Guardado').first()).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(memberRow('zoe.lefebvre.1')).toBeVisible();
});

test('[ER1, ER2, MM8] erasing an account: what goes and stays, the username typed out, and it can be called off', async () => {
  await sit(marta, riosDeEuropa(), members);
  await (
    await fromMenu('Ángel CanoRobles', 'Editar datos')
  )
    .getByRole('button', { name: 'Borrar la cuenta' })
    .click();
  const dialog = page.getByRole('dialog');
  await expect.element(dialog).toMatchTextContent('Se borra para siempre');
  await expect.element(dialog).toMatchTextContent('Se queda');
  const erase = dialog.getByRole('button', { name: 'Borrar la cuenta' });
  await expect.element(erase).toBeDisabled();
  await dialog.getByLabelText('Para confirmarlo').fill('angel.canorobles.1');
  await erase.click();
  await expect.element(dialog).not.toBeInTheDocument();
  await expect.element(memberRow('angel.canorobles.1')).toMatchTextContent(/Se borrará el \d+ \w+ \d{4}/);
  await page.getByRole('button', { name: 'Cancelar el borrado' }).click();
  await expect.element(page.getByText(/Se borrará el/)).not.toBeInTheDocument();
});

test('[G17, EX1, PE18] a teacher may not export unless the TwinSpace allows it: greyed, with who may', async () => {
  await sit(luca, riosDeEuropa(), members);
  const button = page.getByRole('button', { name: 'Exportar', exact: true });
  await expect.element(button).toHaveAttribute('aria-disabled', 'true');
  await focus(button);
  await expect.element(page.getByRole('tooltip').filter({ hasText: 'Marta Ríos' })).toBeVisible();
});

test('[RO6, PE10] nothing of a new role counts before a password of one’s own', async () => {
  const world = riosDeEuropa();
  world.do(marta, 'member.role', { member: angel.id, role: 'teacher', typed: angel.username });
  await sit(angel, world, members);
  await expect.element(page.getByText(/cuando elijas una contraseña que solo tú conozcas/)).toBeVisible();
  await expect.element(memberRow('Marta Ríos')).toBeVisible();
  await expect.element(page.getByText('marta.rios.1')).not.toBeInTheDocument();
});

test('[G18, KE6, SE3] a pupil who forgot the password gets a new one, and only the new one opens', async () => {
  const app = await sit(marta, riosDeEuropa(), members);
  const dialog = await fromMenu('Ángel CanoRobles', 'Cambiar contraseña');
  await dialog.getByLabelText('Contraseña', { exact: true }).fill('nube4barco');
  await dialog.getByRole('radio', { name: /No se acuerda/ }).click();
  await dialog.getByRole('button', { name: 'Cambiar contraseña' }).click();
  await expect.element(dialog.getByText('Dásela ahora')).toBeVisible();
  await dialog.getByRole('button', { name: 'Hecho' }).click();
  await app.signOut();
  expect(await app.signIn('angel.canorobles.1', 'tigre7luna')).toMatchObject({ ok: false });
  const opened = await app.signIn('Angel.CanoRobles.1', 'nube4barco');
  expect(opened).toMatchObject({ ok: true, value: { is: 'in', session: { account: angel.id } } });
});

test('[MM5, KE6, G18] new passwords for several with their cards, shown once; each opens', async () => {
  const app = await sit(marta, riosDeEuropa().addPupil(giulia), members);
  await page.getByRole('button', { name: 'Elegir varios' }).click();
  for (const name of ['Ángel CanoRobles', 'Giulia B'])
    await page.getByRole('checkbox', { name: `Elegir a ${name}` }).click();
  await page.getByRole('button', { name: 'Contraseñas nuevas' }).click();
  await expect.element(page.getByRole('dialog')).toMatchTextContent('No se puede deshacer');
  await page.getByRole('button', { name: 'Crear las contraseñas' }).click();
  await expect.element(page.getByText('2 tarjetas')).toBeVisible();
  const sheet = page.getByRole('region', { name: 'Hojas para imprimir' }).element();
  const [, after = ''] = (sheet.textContent ?? '').replaceAll(/\s/g, '').split('giulia.b.1Contraseña');
  const [password = 'none'] = /[a-z]{4,7}[2-9][a-z]{4,7}[2-9]/.exec(after) ?? [];
  await page.getByRole('button', { name: 'Listo' }).click();
  await expect.element(page.getByRole('heading', { name: 'Miembros', level: 1 })).toBeVisible();
  await expect.element(page.getByText(password)).not.toBeInTheDocument();
  await app.signOut();
  expect(await app.signIn('giulia.b.1', 'gatto4sole')).toMatchObject({ ok: false });
  expect(await app.signIn('giulia.b.1', password)).toMatchObject({ ok: true, value: { is: 'in' } });
});

test('[CO11, ME6, ME10] what a teacher has begun of a pupil’s profile or of how they can be reached is there again after the device has locked', async () => {
  const app = await sit(marta, riosDeEuropa(), members);
  const again = (): Promise<void> => afterLock(app, marta, members);
  const keeps = (): Promise<readonly string[]> => begunOn(app);
  const details = await fromMenu('Ángel CanoRobles', 'Editar datos');
  const profile = details.getByLabelText('Sobre Ángel CanoRobles');
  await profile.fill('Le gustan los ríos y');
  await expect.poll(keeps).toEqual(['Le gustan los ríos y']);
  await again();
  await fromMenu('Ángel CanoRobles', 'Editar datos');
  await expect.element(profile).toHaveValue('Le gustan los ríos y');
  await accessible('a profile that was begun before');
  await details.getByRole('button', { name: 'Descartar el borrador' }).click();
  await expect.element(profile).toHaveValue('');
  await expect.poll(keeps).toEqual([]);
  await profile.fill('Le gustan los ríos.');
  await expect.poll(keeps).toEqual(['Le gustan los ríos.']);
  await details
    .getByRole('region', { name: 'Lo que cuenta de sí' })
    .getByRole('button', { name: 'Guardar' })
    .click();
  await expect.poll(keeps).toEqual([]);
  await userEvent.keyboard('{Escape}');

  const contact = await fromMenu('Marta Ríos', 'Contacto');
  await contact.getByRole('button', { name: 'Escribir cómo' }).click();
  const reached = contact.getByRole('textbox');
  await reached.fill('Los martes, en la sala');
  await expect.poll(keeps).toEqual(['Los martes, en la sala']);
  await again();
  await fromMenu('Marta Ríos', 'Contacto');
  await expect.element(reached).toHaveValue('Los martes, en la sala');
  await contact.getByRole('button', { name: 'Guardar' }).click();
  await expect.element(reached).not.toBeInTheDocument();
  await expect.element(contact).toMatchTextContent('Los martes, en la sala');
  await expect.poll(keeps).toEqual([]);
});
