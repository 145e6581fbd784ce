import { expect, test } from '../support/journey.ts';
import { openTray, allSent, memberRow, openMembers, signIn } from '../support/steps.ts';
import { rowsOf, unsent, type Row } from '../support/tablet-rows.ts';
import {
  finish,
  oneClass,
  openDevices,
  takeTurn,
  teacherIn,
  tellOfOneself
} from '../support/tablet-steps.ts';

test('[TB7, AD1, AD2, AP10] a tablet is revoked while 50 changes wait on it: it forgets all but those, and the teacher takes them over', async ({
  relay,
  tablet,
  expected
}) => {
  expected.push(/status of 403/);
  const { made, one, page } = await oneClass(relay, tablet, 5);
  const teacher = await teacherIn(await tablet(), made);
  await one.cut();
  for (const child of made.pupils.slice(1)) {
    await takeTurn(page, child);
    for (let time = 1; time <= 12; time++) await tellOfOneself(page, `${child.display}, ${time}`);
    await finish(page);
  }
  expect(await unsent(page)).toBeGreaterThanOrEqual(50);

  await openDevices(teacher);
  await teacher.getByRole('button', { name: 'Tableta 1: opciones' }).click();
  await teacher.getByRole('menuitem', { name: 'Retirar' }).click();
  await teacher.getByRole('button', { name: 'Retirar la tableta' }).click();
  await expect(teacher.getByText('Has retirado «Tableta 1»')).toBeVisible();
  // Whose passwords were on it is told, for new ones.
  for (const child of made.pupils.slice(1))
    await expect(teacher.getByText(child.display).first()).toBeVisible();
  await teacher.keyboard.press('Escape');
  await allSent(teacher);

  await one.mend();
  await expect.poll(() => rowsOf(page, 'keys')).toEqual([]);
  expect(await rowsOf(page, 'documents')).toEqual([]);
  const kept = await rowsOf<Row>(page, 'outbox');
  const tray = await rowsOf<Row>(page, 'tray');
  expect(kept.length + tray.length).toBeGreaterThanOrEqual(50);

  // The teacher signs in on it, with their own password: it is an unknown device now. What waited lies in the tray.
  await signIn(page, '/login', made.teacher.username, made.teacher.password);
  await expect.poll(async () => (await rowsOf(page, 'outbox')).length).toBe(0);
  await openTray(page);
  const [, child] = made.pupils;
  if (!child) throw new Error('too few');
  const last = page.getByRole('article').filter({ hasText: `${child.display}, 12` });
  await last.getByRole('button', { name: 'Asumirlo en mi nombre' }).click();
  await expect(last).toHaveCount(0);
  await allSent(page);

  await openMembers(teacher);
  await memberRow(teacher, child.display)
    .getByRole('button', { name: `Opciones de ${child.display}` })
    .click();
  await teacher.getByRole('menuitem', { name: 'Contacto' }).click();
  await expect(teacher.getByText(`${child.display}, 12`)).toBeVisible();
});
