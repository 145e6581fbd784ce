import { begin, enter } from '../support/begin.ts';
import { expect, test } from '../support/journey.ts';
import {
  angel,
  accept,
  addPupil,
  allSent,
  found,
  inviteTeacher,
  luca,
  marta,
  memberRow,
  openMembers,
  openNewPupil,
  openSpace,
  signIn,
  signOut
} from '../support/steps.ts';

const space = 'Ríos de Europa';

test('[SP1, G1] a technician starts the relay, and the first administrator founds a TwinSpace behind its link', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const code = await found(desk, relay.setupPath, marta, space);
  expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{5}$/);
  await openSpace(desk.page, space);
  await openMembers(desk.page);
  await expect(memberRow(desk.page, 'Marta Ruiz')).toContainText('marta.ruiz.1');

  // The link serves once.
  const other = await tablet();
  await other.page.goto(relay.setupPath);
  await expect(other.page.getByRole('heading', { name: 'Este enlace no sirve' })).toBeVisible();
});

test('[IN3, G1] a teacher of the partner school comes in with an invitation and sees the administrator', async ({
  relay,
  tablet
}) => {
  const [first, second] = [await tablet(), await tablet()];
  await found(first, relay.setupPath, marta, space);
  await openSpace(first.page, space);
  const link = await inviteTeacher(first.page, 'Luca, de Roma');
  await allSent(first.page);

  await accept(second, link, luca);
  await openMembers(second.page);
  await expect(memberRow(second.page, 'Marta Ruiz')).toBeVisible();
  await expect(memberRow(second.page, 'Luca Bianchi')).toContainText('Docente');

  // It arrives at the first tablet by itself, and serves once.
  await openMembers(first.page);
  await expect(memberRow(first.page, 'Luca Bianchi')).toBeVisible();
  const third = await tablet();
  await third.page.goto(link.replace(first.origin, ''));
  await expect(third.page.getByRole('heading', { name: 'Este enlace no sirve' })).toBeVisible();
});

test('[G1, G2, G3, G4, G5, G6] offline, a teacher adds the pupil of the guide', async ({ relay, tablet }) => {
  const desk = await tablet();
  const { page } = desk;
  await begin(desk, relay, space);
  await desk.cut();

  await openNewPupil(page);
  await expect(page.getByText(/usa iniciales o un alias/)).toBeVisible();
  await page.getByLabel('Nombre', { exact: true }).fill('Ángel');
  await page.getByLabel('Apellidos').fill('Cano Robles');
  // G4: a space is an error, with both repairs in one tap.
  await expect(page.getByRole('button', { name: 'Cano-Robles' })).toBeVisible();
  await page.getByRole('button', { name: 'CanoRobles' }).click();
  await expect(page.getByLabel('Apellidos')).toHaveValue('CanoRobles');

  // What was mended in one tap is verified at once.
  await expect(page.getByText('angel.canorobles.1')).toBeVisible();
  await expect(page.getByText('se confirmará al conectar')).toBeVisible();

  // G5: each refused sign is named as it is typed; a generator offers another password.
  const password = page.getByLabel('Contraseña', { exact: true });
  await password.fill('tigre-7.luná');
  for (const sign of ['guion', 'punto', 'á']) {
    await expect(page.getByText(new RegExp(sign, 'i')).first()).toBeVisible();
  }
  await page.getByRole('button', { name: /Proponer una|Otra/ }).click();
  await expect(password).toHaveValue(/^[a-z]+[2-9][a-z]+[2-9]$/);

  // G6: the role, the confirmation, the list; both marked as waiting.
  await page.getByRole('radio', { name: /Alumno administrador/ }).check();
  await page.getByRole('button', { name: 'Invitar' }).click();
  await expect(page.getByText('Ángel Cano Robles ya está en la lista').first()).toBeVisible();
  await expect(page.getByText('Espera envío').first()).toBeVisible();
  await page.getByRole('link', { name: 'Ver la lista' }).click();
  const row = memberRow(page, 'Ángel Cano Robles');
  await expect(row).toContainText('angel.canorobles.1');
  await expect(row).toContainText('Alumno administrador');
  await expect(row.getByText('Espera envío')).toBeAttached();
  await expect(row).toContainText('Aún no ha entrado');
});

test('[G7, G8, RO3] the tablet is handed over offline: the pupil signs in, and the day stands under the name', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const { page } = desk;
  await begin(desk, relay, space);
  await desk.cut();
  const username = await addPupil(page, angel);
  expect(username).toBe('angel.canorobles.1');

  await page.getByRole('button', { name: 'Pasar la tableta' }).click();
  // Who goes elsewhere in the middle of it is still signed in.
  await expect(page.getByRole('heading', { name: '¡Hola!' })).toBeVisible();
  await signIn(page, '/pupil-login', username, 'otra7clave');
  await expect(page.getByText(/contraseña/i).last()).toBeVisible();
  await signIn(page, '/pupil-login', username, 'tigre7luna');
  await openSpace(page, space);
  // No list of what a child may not do stands in the way.
  await expect(page.getByText('No puedes:')).toHaveCount(0);
  await openMembers(page);
  await expect(memberRow(page, 'Marta Ruiz')).toBeVisible();
  await expect(page.getByText('marta.ruiz.1')).toHaveCount(0);

  await signOut(page);
  await signIn(page, '/login', 'marta.ruiz.1', marta.password);
  await openSpace(page, space);
  await openMembers(page);
  const today = new Intl.DateTimeFormat('es', { day: 'numeric', month: 'short', year: 'numeric' }).format(
    new Date()
  );
  await expect(memberRow(page, 'Ángel CanoRobles')).toContainText(`Último acceso: ${today}`);

  await desk.mend();
  await allSent(page);
  await expect(memberRow(page, 'Ángel CanoRobles').getByText('Enviado')).toBeAttached();
});

test('[UN5, NO1, SE3, DE4] two tablets add the same name offline; one pupil gets the next number and nobody is lost', async ({
  relay,
  tablet
}) => {
  const [first, second] = [await tablet(), await tablet()];
  await begin(first, relay, space, { teachers: [luca] });
  await enter(second, 'luca.bianchi.1', luca.password, space);

  await first.cut();
  await second.cut();
  await addPupil(first.page, angel);
  await addPupil(second.page, { given: 'Angel', family: 'Canorobles', password: 'gatto4sole' });
  await openMembers(second.page);
  await expect(memberRow(second.page, 'Angel Canorobles')).toContainText('angel.canorobles.1');

  await first.mend();
  await allSent(first.page);
  await second.mend();
  await allSent(second.page);

  // Both are on both tablets; the later one has the next number.
  for (const page of [first.page, second.page]) {
    await openMembers(page);
    await expect(memberRow(page, 'Ángel CanoRobles')).toContainText('angel.canorobles.1');
    await expect(memberRow(page, 'Angel Canorobles')).toContainText('angel.canorobles.2');
  }
  // Its teacher is told, and the notice stays until it is dealt with.
  const sections = second.page.getByRole('navigation', { name: 'Secciones' });
  await sections.getByRole('link', { name: 'TwinSpace', exact: true }).click();
  await expect(second.page.getByRole('heading', { name: space, level: 1 })).toBeVisible();
  await expect(second.page.getByText(/Angel Canorobles tiene otro usuario/)).toBeVisible();
  await second.page.reload();
  await expect(second.page.getByText(/Angel Canorobles tiene otro usuario/)).toBeVisible();
  await second.page.getByRole('button', { name: 'Hecho' }).click();
  await expect(second.page.getByText(/Angel Canorobles tiene otro usuario/)).toHaveCount(0);

  // The pupil who was told the old name still signs in on that tablet.
  await signOut(second.page);
  await signIn(second.page, '/pupil-login', 'angel.canorobles.1', 'gatto4sole');
  await expect(second.page.getByText(/^¡Hola, /)).toBeVisible();
});
