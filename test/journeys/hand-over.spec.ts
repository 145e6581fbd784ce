import { expect, test } from '../support/journey.ts';
import { logOf } from '../support/relay-log.ts';
import { school, type Known } from '../support/school.ts';
import { openTray, signIn } from '../support/steps.ts';
import { rowsOf, unsent, type WaitingRow } from '../support/tablet-rows.ts';
import {
  atTheDoor,
  enrol,
  finish,
  oneClass,
  openClass,
  openProfile,
  takeTurn,
  tellOfOneself,
  tile
} from '../support/tablet-steps.ts';

test('[G7, LK1, LK6, DR1, TR5] a tablet passes from child to child without a network: each finds their own, and nobody another’s', async ({
  relay,
  tablet
}) => {
  const made = await school(relay.address, relay.setupPath, 4);
  const [, ana, ben] = made.pupils;
  if (!ana || !ben) throw new Error('too few');
  const one = await tablet();
  await enrol(made, [one]);
  const { page } = one;

  // Before the class is open one types the username, as at the pupils' door.
  await one.cut();
  await signIn(page, '/pupil-login', ana.username, ana.password);
  await expect(page.getByRole('region', { name: `Es el turno de ${ana.display}` })).toBeVisible();
  await page.getByRole('button', { name: 'He terminado' }).click();
  await atTheDoor(page);

  await openClass(page, made);
  await takeTurn(page, ana);
  await (await openProfile(page)).fill('Me gusta el');
  await finish(page);
  await takeTurn(page, ben);
  const bens = await openProfile(page);
  await expect(bens).toHaveValue('');
  await expect(page.getByText('Me gusta el')).toHaveCount(0);
  await tellOfOneself(page, 'Soy Ben');
  await openTray(page);
  await expect(page.getByText(ana.display)).toHaveCount(0);
  await finish(page);

  // Ana's next turn: the draft is there, and goes on.
  await takeTurn(page, ana);
  const anas = await openProfile(page);
  await expect(anas).toHaveValue('Me gusta el');
  await anas.fill('Me gusta el río');
  await page.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expect(page.getByText(/^Guardado(\. | en «)/).first()).toBeVisible();
  await finish(page);

  await one.mend();
  await expect.poll(() => unsent(page)).toBe(0);
  expect(await rowsOf(page, 'tray')).toEqual([]);
});

test('[DR1, TB5] a draft that was begun on one tablet is there on another after both met the network', async ({
  relay,
  tablet
}) => {
  const made = await school(relay.address, relay.setupPath, 3);
  const [, ana] = made.pupils;
  if (!ana) throw new Error('too few');
  const [one, two] = [await tablet(), await tablet()];
  await enrol(made, [one, two]);
  await openClass(one.page, made);
  await one.cut();
  await takeTurn(one.page, ana);
  await (await openProfile(one.page)).fill('Vivo cerca del');
  await finish(one.page);
  await one.mend();
  await expect.poll(() => unsent(one.page)).toBe(0);

  await two.page.reload();
  await openClass(two.page, made);
  await takeTurn(two.page, ana);
  await expect(await openProfile(two.page)).toHaveValue('Vivo cerca del');
});

test('[DR3] of several turns without a network only the newest draft goes up; one that may have arrived is kept beside it', async ({
  relay,
  tablet
}) => {
  const { one, page, ana, ben } = await oneClass(relay, tablet);
  const turn = async (child: Known, text: string): Promise<void> => {
    await takeTurn(page, child);
    await (await openProfile(page)).fill(text);
    await finish(page);
  };
  const waiting = async (): Promise<number> =>
    (await rowsOf<WaitingRow>(page, 'outbox')).filter(({ name }) => name === 'draft.keep').length;

  await one.cut();
  await turn(ana, 'Me');
  await turn(ben, 'Yo');
  await turn(ana, 'Me gusta');
  await turn(ana, 'Me gusta el');
  expect(await waiting()).toBe(2);
  await one.mend();
  await expect.poll(() => unsent(page)).toBe(0);

  // The relay hears this one, and its answer is lost: nobody here knows whether it has arrived.
  one.loseAnswersTo('/api/changes');
  await turn(ana, 'Me gusta el río');
  const maybe = async (): Promise<boolean> =>
    (await rowsOf<WaitingRow>(page, 'outbox')).some(
      ({ name, onlyHere }) => name === 'draft.keep' && onlyHere === false
    );
  await expect.poll(maybe).toBe(true);
  await one.cut();
  await turn(ana, 'Me gusta el río Duero');
  expect(await waiting()).toBe(2);
  one.loseAnswersTo();
  await one.mend();
  await expect.poll(() => unsent(page)).toBe(0);
  await relay.stop();
  const kept = logOf(relay).filter(({ name }) => name === 'draft.keep');
  const texts = (account: string): readonly unknown[] =>
    kept.filter(({ actor }) => actor === account).map(({ args }) => args['text']);
  expect(texts(ben.account)).toEqual(['Yo']);
  // Each arrived once; of those that a newer one replaced the relay has forgotten the words.
  expect(texts(ana.account)).toEqual([undefined, undefined, 'Me gusta el río Duero']);
});

test('[LK1, LK2, LK3, SE1, SE7] a tablet that nobody touches locks, keeps the draft, and knows whose turn it was; signing out in one tab closes the other', async ({
  relay,
  tablet
}) => {
  const { one, page, ana, ben } = await oneClass(relay, tablet);
  await one.cut();
  await page.clock.install();
  await takeTurn(page, ana);
  await (await openProfile(page)).fill('Me gusta');
  await page.clock.runFor(500);
  const where = page.url();
  await page.clock.runFor(11 * 60_000);
  await expect(page.getByRole('heading', { name: '¿Sigues tú?' })).toBeVisible();

  // The same child goes on where they were.
  await page.getByLabel('Contraseña', { exact: true }).fill(ana.password);
  await page.getByRole('button', { name: 'Entrar', exact: true }).click();
  await expect(page.getByRole('textbox', { name: 'Cuenta algo de ti' })).toHaveValue('Me gusta');
  expect(page.url()).toBe(where);

  // Locked again: another child takes over, and Ana's draft waits for her.
  await page.clock.runFor(11 * 60_000);
  await page.getByRole('button', { name: 'Otra persona' }).click();
  await takeTurn(page, ben);
  await expect(await openProfile(page)).toHaveValue('');
  await finish(page);

  // Two tabs: one person at a time, and whoever finishes in one has finished in both.
  await takeTurn(page, ana);
  const tab = await one.context.newPage();
  await tab.goto('/pupil-login');
  // It knows whose turn it is, and asks.
  await tab.getByRole('button', { name: 'Otra persona' }).click();
  await tile(tab, ben).click();
  await tab.getByLabel('Contraseña', { exact: true }).fill(ben.password);
  await tab.getByRole('button', { name: 'Entrar', exact: true }).click();
  await expect(tab.getByRole('region', { name: `Es el turno de ${ben.display}` })).toBeVisible();
  await expect(page.getByRole('region', { name: /Es el turno/ })).toHaveCount(0);
  await finish(tab);
  await takeTurn(page, ana);
  await expect(await openProfile(page)).toHaveValue('Me gusta');
  expect(await rowsOf(page, 'sessions')).toEqual([]);

  // At the end of the lesson the class closes by itself: nobody's name is on the door.
  await finish(page);
  await page.clock.runFor(3 * 60 * 60_000);
  await expect(page.getByRole('button', { name: 'Docente: abrir la clase' })).toBeVisible();
  await expect(tile(page, ana)).toHaveCount(0);
});

test('[KE10, KE11, SE8, G18] a small child opens their work with four pictures; guessing is slowed, then locked until the teacher lifts it, across reloads; another child is given a new password there and then', async ({
  relay,
  tablet
}) => {
  const { made, one, page, small, ben: forgetful } = await oneClass(relay, tablet);
  await one.cut();
  const names = { sun: 'Sol', boat: 'Barco', key: 'Llave', moon: 'Luna' } as const;
  const tap = async (...pictures: readonly (keyof typeof names)[]): Promise<void> => {
    for (const picture of pictures)
      await page.getByRole('button', { name: new RegExp(`^${names[picture]}, dibujo`) }).click();
  };
  await tile(page, small).click();
  await tap('sun', 'boat', 'boat', 'key');
  await expect(page.getByRole('region', { name: `Es el turno de ${small.display}` })).toBeVisible();
  await tellOfOneself(page, 'Soy pequeña');
  await finish(page);

  // Somebody guesses.
  await tile(page, small).click();
  const wrong = async (): Promise<void> => {
    await tap('moon', 'moon', 'moon', 'moon');
    // All four dots are empty again: the attempt has been judged.
    const judged = /^Llevas 0 de 4 dibujos$|^Espera \d+ segundo|^Ahora no puedes entrar$/;
    await expect(page.getByText(judged).first()).toBeAttached();
  };
  for (let time = 0; time < 3; time++) await wrong();
  await tap('moon', 'moon', 'moon', 'moon');
  await expect(page.getByText(/^Espera \d+ segundo/)).toBeVisible();
  await page.reload();
  await tile(page, small).click();
  await tap('moon', 'moon', 'moon', 'moon');
  await expect(page.getByText(/^Espera \d+ segundo/)).toBeVisible();
  // The minutes go by faster for the rest.
  await page.clock.install();
  for (let time = 3; time < 10; time++) {
    await page.clock.runFor(61_000);
    await wrong();
  }
  await page.clock.runFor(61_000);
  await expect(page.getByText('Ahora no puedes entrar')).toBeVisible();
  await page.reload();
  await tile(page, small).click();
  await expect(page.getByText('Ahora no puedes entrar')).toBeVisible();

  // The teacher lifts it there and then.
  await page.getByRole('button', { name: 'No soy yo' }).click();
  await page.getByRole('button', { name: 'Soy docente' }).click();
  await page.getByRole('button', { name: made.teacher.display }).click();
  await page.getByLabel('Contraseña', { exact: true }).fill(made.teacher.classroomPassword);
  await page.getByRole('button', { name: 'Entrar', exact: true }).click();
  // KE10: nothing of their own account is changed here.
  await page.getByRole('link', { name: 'Mi cuenta' }).click();
  await expect(page.getByText('Solo puedes cambiarla en un dispositivo tuyo.').first()).toBeVisible();
  await page.getByRole('link', { name: 'Clase', exact: true }).click();
  await page.getByRole('button', { name: 'Dejar entrar' }).click();
  await expect(page.getByRole('button', { name: 'Dejar entrar' })).toHaveCount(0);
  // And gives somebody who forgot theirs another password, which opens at once.
  await page.getByRole('button', { name: `${forgetful.display}: opciones` }).click();
  await page.getByRole('menuitem', { name: 'Cambiar contraseña' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Contraseña', { exact: true }).fill('queso7lobo2');
  await dialog.getByRole('button', { name: 'Cambiar contraseña' }).click();
  await dialog.getByRole('button', { name: 'Hecho' }).click();
  await page.getByRole('button', { name: 'Pasar la tableta' }).click();
  await tile(page, small).click();
  await tap('sun', 'boat', 'boat', 'key');
  await expect(page.getByRole('region', { name: `Es el turno de ${small.display}` })).toBeVisible();
  await finish(page);
  await takeTurn(page, { ...forgetful, password: 'queso7lobo2' });
});
