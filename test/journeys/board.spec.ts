import { readFile } from 'node:fs/promises';
import { expect, test } from '../support/journey.ts';
import { marker } from '../support/media/marked.ts';
import { bringPicture, decodedSize, pictureOf } from '../support/media-steps.ts';
import { beginWriting, openPage } from '../support/page-steps.ts';
import { photo } from '../support/photo.ts';
import { logOf } from '../support/relay-log.ts';
import { school } from '../support/school.ts';
import { allSent, signIn, signOut } from '../support/steps.ts';
import { unsent } from '../support/tablet-rows.ts';
import {
  enrol,
  finish,
  openClass,
  openDevices,
  takeTurn,
  teacherIn,
  tellOfOneself
} from '../support/tablet-steps.ts';

const title = 'El Ebro';

test('[SP6, OB3, BK1, BK4, BK5, MT4, OB2, AD2] before they leave the teacher sees what waits on which tablet; what finds no network is carried in one file to another device, a picture too, and green comes only once the relay has said so', async ({
  relay,
  tablet
}) => {
  const made = await school(relay.address, relay.setupPath, 3);
  const [, ana, ben] = made.pupils;
  if (!ana || !ben) throw new Error('too few');
  await made.makePages([title]);
  const [desk, one, two] = [await tablet(), await tablet(), await tablet()];
  const teacher = await teacherIn(desk, made);
  await enrol(made, [one, two]);
  await openDevices(teacher);
  const board = teacher.getByRole('region', { name: 'Antes de salir' });
  await expect(board.getByText('Todo está en el servidor').first()).toBeVisible();

  const { page } = one;
  await openClass(page, made);
  await takeTurn(page, ana);
  await openPage(page, title);
  const taken = await photo(page, { width: 800, height: 600 });
  await one.cut();
  await beginWriting(page, title);
  await bringPicture(page, 'paste', taken, 'El puente');
  await page.getByRole('button', { name: 'Hecho' }).click();
  await tellOfOneself(page, 'Soy Ana');
  await finish(page);
  // The tablet itself says what waits, to whoever stands before it.
  await expect(page.getByText(/\d+ por enviar/).first()).toBeVisible();
  // A tablet that is not seen is not green.
  const row = board.getByRole('listitem').filter({ hasText: 'Tableta 1' });
  await expect(row).not.toContainText('Nada espera');

  await page.getByRole('button', { name: 'Soy docente' }).click();
  await page.getByRole('button', { name: made.teacher.display }).click();
  await page.getByLabel('Contraseña', { exact: true }).fill(made.teacher.classroomPassword);
  await page.getByRole('button', { name: 'Entrar', exact: true }).click();
  await page.getByRole('link', { name: 'Este dispositivo' }).click();
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Guardar en un archivo' }).click();
  const file = await (await downloading).path();
  const copy = await readFile(file);
  for (const told of [ana.password, ana.display, marker]) expect(copy.includes(told)).toBe(false);

  await teacher.goto('/device');
  await teacher.getByLabel('Cargar un archivo').setInputFiles(file);
  await expect(teacher.getByText('1 foto, vídeo o voz cargada')).toBeVisible();
  await allSent(teacher);
  await expect.poll(() => unsent(teacher)).toBe(0);
  await teacher.goBack();
  await expect(row).not.toContainText('Nada espera');
  // The tablet on which it was taken is still away: another one has the picture from the relay.
  await openClass(two.page, made);
  await takeTurn(two.page, ben);
  await openPage(two.page, title);
  await expect.poll(() => decodedSize(pictureOf(two.page, 'El puente'))).toEqual([800, 600]);
  // The tablet comes back later and sends the same once more: it is there already.
  await one.mend();
  await expect.poll(() => unsent(page)).toBe(0);
  await expect(page.getByText('Todo enviado').first()).toBeVisible();
  await expect(row).toContainText('Nada espera');
  await relay.stop();
  const own = logOf(relay).filter(({ actor, name }) => actor === ana.account && name === 'member.profile');
  expect(own).toHaveLength(1);
});

test('[TB8, G7] a teacher lets their own pupils in on their own tablet, also without a network, and shuts them out again', async ({
  relay,
  tablet
}) => {
  const made = await school(relay.address, relay.setupPath, 3);
  const [, ana] = made.pupils;
  if (!ana) throw new Error('too few');
  const desk = await tablet();
  const page = await teacherIn(desk, made);
  await page.goto('/account');
  const letIn = page.getByRole('switch', { name: 'Dejar entrar a mi alumnado' });
  await letIn.click();
  await expect(letIn).toBeChecked();
  await allSent(page);
  await signOut(page);
  await desk.cut();
  await signIn(page, '/pupil-login', ana.username, ana.password);
  await expect(page.getByText(ana.display).first()).toBeVisible();
  // With a child's rights and no more.
  await expect(page.getByRole('link', { name: 'Dispositivos' })).toHaveCount(0);
});
