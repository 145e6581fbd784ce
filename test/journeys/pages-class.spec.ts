import { expect, test } from '../support/journey.ts';
import { beginWriting, line, openPage, takePageFrom, writeLine } from '../support/page-steps.ts';
import { school } from '../support/school.ts';
import { allSent, openTray } from '../support/steps.ts';
import { enrol, finish, goOn, openClass, takeTurn, teacherIn } from '../support/tablet-steps.ts';

const title = 'El Ebro';

test('[G15, G16, WR1, WR6, AD1] children write a page in turns without a network; who lost the permission meanwhile takes nobody else’s words down', async ({
  relay,
  tablet
}) => {
  const made = await school(relay.address, relay.setupPath, 3);
  const [, ana, ben] = made.pupils;
  if (!ana || !ben) throw new Error('too few');
  await made.makePages([title], [ana.account, ben.account]);
  const [desk, one] = [await tablet(), await tablet()];
  const teacher = await teacherIn(desk, made);
  await enrol(made, [one]);
  const { page } = one;
  await openClass(page, made);
  await takeTurn(page, ana);
  await openPage(page, title);
  await one.cut();

  // A tablet that goes out between what was typed and what was signed.
  await beginWriting(page, title);
  await page.keyboard.type('Ana: nace en Fontibre.');
  await expect(page.getByText('Guardado en este dispositivo')).toBeVisible();
  await page.reload();
  await goOn(page, ana);
  await expect(line(page, 'Ana: nace en Fontibre.')).toBeVisible();
  await finish(page);

  // The tablet is handed on in the middle of a sentence.
  await takeTurn(page, ben);
  await openPage(page, title);
  await beginWriting(page, title);
  await page.keyboard.press('Enter');
  await page.keyboard.type('Ben: y pasa por Miranda.');
  await finish(page);
  await takeTurn(page, ana);
  await openPage(page, title);
  await expect(line(page, 'Ben: y pasa por Miranda.')).toBeVisible();
  await writeLine(page, title, 'Ana: y llega al mar.');
  await finish(page);

  await openPage(teacher, title);
  await takePageFrom(teacher, title, ben.display);
  await allSent(teacher);
  await one.mend();
  await expect(line(teacher, 'Ana: nace en Fontibre.')).toBeVisible();
  // What Ana wrote below Ben's words is done anew in her next turn, by itself.
  await takeTurn(page, ana);
  await expect(line(teacher, 'Ana: y llega al mar.')).toBeVisible();
  await allSent(page);
  await openPage(page, title);
  for (const text of ['Ana: nace en Fontibre.', 'Ana: y llega al mar.'])
    await expect(line(page, text)).toHaveCount(1);
  await expect(line(teacher, 'Ben: y pasa por Miranda.')).toHaveCount(0);
  await finish(page);

  await takeTurn(page, ben);
  await openTray(page);
  await expect(page.getByText('Ben: y pasa por Miranda.')).toBeVisible();
});
