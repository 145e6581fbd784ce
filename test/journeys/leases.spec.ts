import { expect, test } from '../support/journey.ts';
import { school } from '../support/school.ts';
import { allSent } from '../support/steps.ts';
import { rowsOf, unsent } from '../support/tablet-rows.ts';
import {
  atTheDoor,
  enrol,
  finish,
  openClass,
  takeTurn,
  teacherIn,
  tellOfOneself,
  tile
} from '../support/tablet-steps.ts';

const day = 24 * 60 * 60 * 1000;

test('[SE4] a tablet without contact warns in time, opens nobody’s work after the days that the TwinSpace chose, keeps what waits, and is well again after a contact', async ({
  relay,
  tablet
}) => {
  const made = await school(relay.address, relay.setupPath, 3);
  const [, ana] = made.pupils;
  if (!ana) throw new Error('too few');
  const [desk, one] = [await tablet(), await tablet()];
  const teacher = await teacherIn(desk, made);
  await teacher.getByRole('link', { name: 'Ajustes', exact: true }).click();
  await teacher.getByLabel(/Sin conexión se puede entrar/).selectOption({ label: '14 días' });
  await allSent(teacher);
  await enrol(made, [one]);
  const { page } = one;
  await openClass(page, made);
  await one.cut();
  await takeTurn(page, ana);
  await tellOfOneself(page, 'Soy Ana');
  await finish(page);

  const now = Date.now();
  await page.clock.install({ time: now + 10 * day });
  await page.reload();
  await atTheDoor(page);
  await expect(page.getByText(/^Conéctala: quedan? \d+ días?$/).first()).toBeVisible();

  await page.clock.setSystemTime(now + 15 * day);
  await page.reload();
  await expect(page.getByText('Esta tableta lleva demasiado tiempo sin conexión').first()).toBeVisible();
  // Turned back: nothing is gained.
  await page.clock.setSystemTime(now + 2 * day);
  await page.reload();
  await expect(page.getByText('Esta tableta lleva demasiado tiempo sin conexión').first()).toBeVisible();
  expect(await unsent(page)).toBeGreaterThan(0);

  const seen = async (): Promise<unknown> => (await rowsOf(page, 'device'))[0]?.['seen'];
  const furthest = await seen();
  await page.clock.setSystemTime(now);
  await one.mend();
  await page.reload();
  await expect.poll(() => unsent(page)).toBe(0);
  // The relay has told its day.
  await expect.poll(seen).not.toBe(furthest);
  await atTheDoor(page);
  await expect(page.getByText('Esta tableta lleva demasiado tiempo sin conexión')).toHaveCount(0);
  await one.cut();
  await openClass(page, made);
  await takeTurn(page, ana);
});

test('[SE4, GA12] a clock that is a year ahead or behind ruins nothing once the tablet has met the relay', async ({
  relay,
  tablet
}) => {
  const made = await school(relay.address, relay.setupPath, 3);
  const [, ana, ben] = made.pupils;
  if (!ana || !ben) throw new Error('too few');
  const one = await tablet();
  await enrol(made, [one]);
  const { page } = one;
  await one.readyForOffline();
  const now = Date.now();
  for (const [child, shift] of [
    [ana, -365],
    [ben, 365]
  ] as const) {
    // Online, with a wrong clock: the relay's day counts.
    await page.clock.install({ time: now + shift * day });
    await page.reload();
    await openClass(page, made);
    await takeTurn(page, child);
    await tellOfOneself(page, `Reloj ${shift}`);
    await finish(page);
    await expect.poll(() => unsent(page)).toBe(0);
    await page.clock.setSystemTime(now);
    await page.reload();
    await openClass(page, made);
    await takeTurn(page, child);
    await finish(page);
  }
  await expect(tile(page, ana)).toBeVisible();
});
