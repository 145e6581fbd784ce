import { begin } from '../support/begin.ts';
import { expect, test } from '../support/journey.ts';
import { school } from '../support/school.ts';
import { addPupil, allSent, marta, signIn } from '../support/steps.ts';
import { rowsOf } from '../support/tablet-rows.ts';
import {
  askToBeLetIn,
  atTheDoor,
  offerTablets,
  openClass,
  openDevices,
  takeTurn,
  teacherIn,
  tile
} from '../support/tablet-steps.ts';

test('[TB1, TB3, TB4, TB5, TB9, TB17, KE10, G7] a teacher makes a classroom password where tablets are offered, sets two up by code, and says yes to each', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const { page } = desk;
  const ana = { given: 'Ana', family: 'Uno', password: 'tigre7luna' };
  await begin(desk, relay, 'Ríos de Europa', { pupils: [ana] });
  const username = 'ana.uno.1';
  await allSent(page);

  // All pupils, and this teacher.
  await openDevices(page);
  await page.getByRole('link', { name: 'Añadir tabletas de clase' }).first().click();
  await page.getByRole('spinbutton', { name: '¿Cuántas?' }).fill('2');
  await page.getByRole('radio', { name: 'Todo el alumnado' }).check();
  await page.getByRole('checkbox', { name: 'Marta Ruiz' }).check();
  // The classroom password is made in place: what was chosen for the tablets stays.
  await page.getByRole('button', { name: 'Crear la contraseña de aula' }).click();
  const classroom = 'pizarra verde 6';
  await page.getByLabel('Contraseña nueva', { exact: true }).fill(classroom);
  await page.getByLabel('Repite la contraseña', { exact: true }).fill(classroom);
  await page.getByRole('dialog').getByRole('button', { name: 'Crear la contraseña de aula' }).click();
  await expect(page.getByText('Tiene contraseña de aula')).toBeVisible();
  await expect(page.getByRole('spinbutton', { name: '¿Cuántas?' })).toHaveValue('2');
  await allSent(page);
  await page.getByRole('button', { name: 'Mostrar el código' }).click();
  const code =
    (
      await page
        .getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/)
        .first()
        .textContent()
    )?.trim() ?? '';

  // A wrong code says so; the right one in a hasty spelling is understood.
  const [one, two] = [await tablet(), await tablet()];
  await one.page.goto('/tablet');
  await one.page.getByLabel('Código').fill('0000-0000');
  await one.page.getByRole('button', { name: 'Continuar' }).click();
  await expect(one.page.getByText(/No conocemos este código/)).toBeVisible();
  await askToBeLetIn(one, code.toLowerCase().replace('-', ' '), 'Carro 1');
  // The next free number stands there already.
  await askToBeLetIn(two, code);

  // Nothing is there before the yes.
  expect(await rowsOf(one.page, 'keys')).toEqual([]);
  const check = await one.page
    .getByText(/\d\d \d\d$/)
    .first()
    .textContent();
  const digits = /\d\d \d\d$/.exec((check ?? '').trim())?.[0] ?? 'none';
  await expect(page.getByText(digits).first()).toBeVisible();
  await page.getByRole('button', { name: 'Sí, que entre «Carro 1»' }).click();
  await atTheDoor(one.page);
  await expect(two.page.getByRole('heading', { name: 'Espera un momento' })).toBeVisible();
  await page.getByRole('button', { name: 'Sí, que entre «Tableta 2»' }).click();
  await atTheDoor(two.page);
  // Two were offered: a third is too many.
  const three = await tablet();
  await three.page.goto('/tablet');
  await three.page.getByLabel('Código').fill(code);
  await three.page.getByRole('button', { name: 'Continuar' }).click();
  await expect(three.page.getByText(/ya se han añadido todas las tabletas/)).toBeVisible();

  // The teacher's own password is not for shared tablets; the classroom one is.
  await signIn(one.page, '/pupil-login', 'marta.ruiz.1', marta.password);
  await expect(one.page.getByText(/contraseña de aula/i).first()).toBeVisible();
  await one.cut();
  await signIn(one.page, '/pupil-login', username, ana.password);
  await expect(one.page.getByRole('region', { name: 'Es el turno de Ana Uno' })).toBeVisible();
});

test('[TB5, TB7, TB10] a tablet holds the pupils of its groups and nobody else’s, and is given other groups and revoked from afar', async ({
  relay,
  tablet,
  expected
}) => {
  expected.push(/status of 403/);
  const made = await school(relay.address, relay.setupPath, 3);
  const [desk, one, two] = [await tablet(), await tablet(), await tablet()];
  const teacher = await teacherIn(desk, made);
  await addPupil(teacher, { given: 'Otro', family: 'Grupo', password: 'tigre7luna' });
  await allSent(teacher);
  const { code } = await offerTablets(teacher, made, 2);
  for (const [at, asks] of [one, two].entries()) await askToBeLetIn(asks, code, `Tableta ${at + 1}`);
  await teacher.getByRole('button', { name: 'Sí, que entren las 2' }).click();
  for (const { page } of [one, two]) await atTheDoor(page);
  const held = await rowsOf<{ account: string; scope: string }>(one.page, 'keys');
  const accounts = new Set(held.map(({ account }) => account));
  expect(accounts).toEqual(new Set([made.teacher.account, ...made.pupils.map(({ account }) => account)]));
  expect(held.filter(({ account }) => account === made.teacher.account).map(({ scope }) => scope)).toEqual([
    'classroom'
  ]);

  await openDevices(teacher);
  await teacher.getByRole('button', { name: 'Tableta 1: opciones' }).click();
  await teacher.getByRole('menuitem', { name: 'Quién entra' }).click();
  await teacher.getByRole('radio', { name: 'Todo el alumnado' }).check();
  await teacher.getByRole('button', { name: 'Guardar', exact: true }).click();
  await openClass(one.page, made);
  await expect(tile(one.page, { ...made.teacher, display: 'Otro Grupo' })).toBeVisible();

  await teacher.getByRole('button', { name: 'Tableta 1: opciones' }).click();
  await teacher.getByRole('menuitem', { name: 'Retirar' }).click();
  await teacher.getByRole('button', { name: 'Retirar la tableta' }).click();
  await expect.poll(() => rowsOf(one.page, 'keys')).toEqual([]);
  expect(await rowsOf(one.page, 'documents')).toEqual([]);
  expect(await rowsOf(one.page, 'updates')).toEqual([]);
});

test('[TB11] a browser that was in use is emptied first, and not before what waits has been sent', async ({
  relay,
  tablet
}) => {
  const made = await school(relay.address, relay.setupPath, 2);
  const [desk, used] = [await tablet(), await tablet()];
  const teacher = await teacherIn(desk, made);
  const other = await teacherIn(used, made);
  await used.cut();
  await addPupil(other, { given: 'Ana', family: 'Tarde', password: 'tigre7luna' });
  await used.mend();
  const { code } = await offerTablets(teacher, made);
  await other.goto('/tablet');
  await other.getByLabel('Código').fill(code);
  await other.getByRole('button', { name: 'Continuar' }).click();
  await expect(other.getByText('Aquí ya ha trabajado alguien')).toBeVisible();
  await other.getByLabel('Nombre de la tableta').fill('Tableta 1');
  await other.getByLabel('Sí, vaciar este navegador').check();
  await other.getByRole('button', { name: 'Pedir permiso' }).click();
  await expect(other.getByRole('heading', { name: 'Espera un momento' })).toBeVisible();
  await teacher.getByRole('button', { name: 'Sí, que entre «Tableta 1»' }).click();
  await atTheDoor(other);
  // What waited has arrived, and nothing of the teacher is left here.
  expect((await rowsOf(other, 'outbox')).length).toBe(0);
  const keys = await rowsOf<{ account: string; scope: string }>(other, 'keys');
  expect(keys.some(({ account, scope }) => account === made.teacher.account && scope === 'full')).toBe(false);
  await openClass(other, made);
  const [, child] = made.pupils;
  if (child) await takeTurn(other, child);
});
