import { expect, test } from '../support/journey.ts';
import { logOf } from '../support/relay-log.ts';
import { rowsOf, storedMembers, unsent, type WaitingRow } from '../support/tablet-rows.ts';
import {
  enrol,
  goOn,
  oneClass,
  openClass,
  openProfile,
  takeTurn,
  teacherIn,
  tellOfOneself
} from '../support/tablet-steps.ts';

test('[OB1, OB3, OB4, OB5, DR1] a tab is killed before the change is stored, before it is sent, before the verdict comes and before it is confirmed: nothing is lost, nothing is done twice', async ({
  relay,
  tablet,
  expected
}) => {
  expected.push(/crash/i);
  const { made, one, ana } = await oneClass(relay, tablet);
  const teacher = await teacherIn(await tablet(), made);
  let { page } = one;

  // Before the change is stored: what was typed is a draft.
  await one.cut();
  await takeTurn(page, ana);
  await (await openProfile(page)).fill('Antes de guardar');
  await expect.poll(() => rowsOf(page, 'drafts')).toHaveLength(1);
  page = await one.kill();
  await goOn(page, ana);
  await expect(await openProfile(page)).toHaveValue('Antes de guardar');

  // Stored, and killed before it is sent.
  await page.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expect(page.getByText(/^Guardado(\. | en «)/).first()).toBeVisible();
  page = await one.kill();
  expect(await unsent(page)).toBeGreaterThan(0);

  // Sent, and killed before the verdict comes: the relay has done it, the tablet does not know.
  one.mute(true);
  await one.mend();
  await expect.poll(async () => JSON.stringify(await storedMembers(teacher))).toContain('Antes de guardar');
  expect(await unsent(page)).toBeGreaterThan(0);
  page = await one.kill();
  one.mute(false);
  await page.reload();
  await expect.poll(() => unsent(page)).toBe(0);

  // Accepted, and killed before the document has confirmed it: whoever signs in next settles it.
  await goOn(page, ana);
  await expect.poll(async () => (await rowsOf(page, 'outbox')).length).toBe(0);

  await relay.stop();
  const own = logOf(relay).filter(({ actor, name }) => actor === ana.account && name === 'member.profile');
  expect(own.map(({ args }) => args['text'])).toEqual(['Antes de guardar']);
});

test('[OB2, OB5] two tabs send what waits, each once', async ({ relay, tablet }) => {
  const { one, ana } = await oneClass(relay, tablet);
  const { page } = one;
  await one.cut();
  await takeTurn(page, ana);
  for (let time = 1; time <= 5; time++) await tellOfOneself(page, `Vez ${time}`);
  const tab = await one.context.newPage();
  await tab.goto('/pupil-login');
  const waiting = (await rowsOf<WaitingRow>(page, 'outbox')).map(({ id }) => id);
  await one.mend();
  await Promise.all([page.reload(), tab.reload()]);
  await expect.poll(() => unsent(tab)).toBe(0);
  await relay.stop();
  const log = logOf(relay).map(({ id }) => id);
  for (const id of waiting) expect(log.filter((other) => other === id)).toHaveLength(1);
  expect(await rowsOf(tab, 'tray')).toEqual([]);
});

test('[SI5, OB2, TB7] a browser that forgot its storage is a stranger: it asks to be set up, and nothing of anybody is in it', async ({
  relay,
  tablet
}) => {
  const { made, one, ana } = await oneClass(relay, tablet);
  const { page } = one;
  await takeTurn(page, ana);
  await tellOfOneself(page, 'Soy Ana');
  await expect.poll(() => unsent(page)).toBe(0);
  // The browser evicts: databases go, the cookie stays.
  await page.goto('about:blank');
  const devtools = await one.context.newCDPSession(page);
  await devtools.send('Storage.clearDataForOrigin', {
    origin: one.origin,
    storageTypes: 'indexeddb,local_storage'
  });
  await page.goto('/pupil-login');
  await expect(page.getByLabel('Usuario', { exact: true })).toBeVisible();
  expect(await rowsOf(page, 'keys')).toEqual([]);
  // It is set up again as the same cart's tablet, and what was sent is there.
  await enrol(made, [one]);
  await openClass(page, made);
  await takeTurn(page, ana);
  await expect(await openProfile(page)).toHaveValue('Soy Ana');
});
