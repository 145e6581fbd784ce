import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expect, test, type Tablet } from '../support/journey.ts';
import { school, type School } from '../support/school.ts';
import { openTray, signIn } from '../support/steps.ts';
import { putRow, rowsOf, unsent, type Row, type WaitingRow } from '../support/tablet-rows.ts';
import {
  enrol,
  finish,
  oneClass,
  openClass,
  takeTurn,
  teacherIn,
  tellOfOneself
} from '../support/tablet-steps.ts';

/** Keeps the signing key of whoever works on the page next, as altered software on a shared tablet could. */
async function listenForKeys(page: Page): Promise<void> {
  await page.evaluate(() => {
    const sign = crypto.subtle.sign.bind(crypto.subtle);
    crypto.subtle.sign = (how, key, data) => {
      if (how !== null && typeof how === 'object' && how.name === 'ECDSA')
        Object.assign(globalThis, { stolen: key });
      return sign(how, key, data);
    };
  });
}

/** Signs a header with the key that was kept. */
function signWithStolen(page: Page, header: string): Promise<string> {
  return page.evaluate(async (text) => {
    const { stolen } = globalThis as unknown as { stolen: CryptoKey };
    const how = { name: 'ECDSA', hash: 'SHA-256' };
    const signature = await crypto.subtle.sign(how, stolen, new TextEncoder().encode(text));
    return btoa(String.fromCharCode(...new Uint8Array(signature)))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replaceAll('=', '');
  }, header);
}

/** Two children have written on one tablet, without a network; the first one's change and the second one's lie there. */
async function twoChildren(
  made: School,
  one: Tablet
): Promise<{ readonly first: WaitingRow; readonly second: WaitingRow }> {
  const { page } = one;
  const [a, b] = made.pupils.slice(1);
  if (!a || !b) throw new Error('too few');
  await one.cut();
  await takeTurn(page, a);
  await tellOfOneself(page, 'Soy A');
  await finish(page);
  await listenForKeys(page);
  await takeTurn(page, b);
  await tellOfOneself(page, 'Soy B');
  await finish(page);
  const rows = (await rowsOf<WaitingRow>(page, 'outbox')).filter(({ name }) => name === 'member.profile');
  const [first, second] = [a, b].map(({ account }) => rows.find(({ actor }) => actor === account));
  if (!first || !second) throw new Error('nothing waits');
  return { first, second };
}

/** The refusals that lie in the tray of this tablet, by id. */
async function refusals(page: Page): Promise<Record<string, string>> {
  const rows = await rowsOf<Row & { id: string; refusal: { refused: string } }>(page, 'tray');
  return Object.fromEntries(rows.map(({ id, refusal }) => [id, refusal.refused]));
}

function headerOf(row: WaitingRow, over: Row): string {
  return JSON.stringify({ ...(JSON.parse(row.signed.header) as Row), ...over });
}

test('[GA5, GA6, GA2, CH1, CH2, TB5] what somebody alters with developer tools is refused, each by its own code, and nothing else suffers', async ({
  relay,
  tablet
}) => {
  const { made, one, page } = await oneClass(relay, tablet, 4);
  const { first, second } = await twoChildren(made, one);
  const of = JSON.parse(first.signed.header) as { actor: string; key: string };

  /** More rows beside the true ones: each the second child's, altered in one thing. */
  const altered = async (
    over: Row,
    how: 'signed' | 'unsigned',
    payload = second.signed.payload
  ): Promise<string> => {
    const id = randomUUID();
    const header = headerOf(second, { id, ...over });
    const signature = how === 'signed' ? await signWithStolen(page, header) : second.signed.signature;
    const { seq: _, ...row } = second;
    await putRow(page, 'outbox', { ...row, id, signed: { header, payload, signature } });
    return id;
  };
  const lie = Buffer.from(JSON.stringify({ member: of.actor, text: 'Soy tonto' })).toString('base64url');
  const cases: Record<string, string> = {
    [await altered({ actor: of.actor }, 'signed')]: 'key-unknown',
    [await altered({ actor: of.actor, key: of.key }, 'signed')]: 'signature-wrong',
    [await altered({}, 'signed', lie)]: 'digest-wrong',
    [await altered({ digest: (JSON.parse(first.signed.header) as { digest: string }).digest }, 'unsigned')]:
      'signature-wrong',
    [await altered({ device: randomUUID() }, 'signed')]: 'device-not-enrolled',
    [await altered({ space: randomUUID() }, 'signed')]: 'device-not-enrolled'
  };
  // And the first child's own row: somebody puts other words into their mouth.
  await putRow(page, 'outbox', { ...first, signed: { ...first.signed, payload: lie } });
  await one.mend();
  await expect.poll(() => unsent(page)).toBe(0);
  expect(await refusals(page)).toEqual({ ...cases, [first.id]: 'digest-wrong' });
  const replayed = headerOf(second, { at: '2020-01-01' });
  // Replayed: the same id with another header, and the very same change once more.
  const again = await page.evaluate(
    async (changes) => {
      const answer = await fetch('/api/changes', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ changes })
      });
      return (await answer.json()) as { verdicts: { is: string; code?: string }[] };
    },
    [second.signed, { ...second.signed, header: replayed, signature: await signWithStolen(page, replayed) }]
  );
  expect(again.verdicts.map(({ is, code }) => code ?? is)).toEqual(['accepted', 'id-reused']);

  // The first child tries again: what lies there is not what they signed.
  const [, a] = made.pupils;
  if (!a) throw new Error('too few');
  await takeTurn(page, a);
  await openTray(page);
  await page.getByRole('button', { name: 'Intentar otra vez' }).first().click();
  await expect(page.getByRole('alert').first()).toBeVisible();
  expect(Object.keys(await refusals(page))).toContain(first.id);
  // And sees nothing of what was tried in the other's name.
  await expect(page.getByRole('article')).toHaveCount(1);
});

/** Sends a command from this page, forged with the key that was kept there, and gives the relay's word on it. */
function forge(page: Page, header: Row, args: Row): Promise<string> {
  return page.evaluate(
    async ([fields, payload]) => {
      const base64 = (bytes: Uint8Array): string =>
        btoa(String.fromCharCode(...bytes))
          .replaceAll('+', '-')
          .replaceAll('/', '_')
          .replaceAll('=', '');
      const bytes = new TextEncoder().encode(JSON.stringify(payload));
      const digest = base64(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
      const text = JSON.stringify({ ...fields, digest });
      const { stolen } = globalThis as unknown as { stolen: CryptoKey };
      const how = { name: 'ECDSA', hash: 'SHA-256' };
      const signed = await crypto.subtle.sign(how, stolen, new TextEncoder().encode(text));
      const change = { header: text, payload: base64(bytes), signature: base64(new Uint8Array(signed)) };
      const answer = await fetch('/api/changes', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ changes: [change] })
      });
      const { verdicts } = (await answer.json()) as { verdicts: { is: string; code?: string }[] };
      return verdicts[0]?.code ?? verdicts[0]?.is ?? 'nothing';
    },
    [header, args] as const
  );
}

test('[KE2, RO4, TB5] a teacher’s classroom key signs for no device of their own, and a child of another TwinSpace opens and signs nothing here', async ({
  relay,
  tablet,
  expected
}) => {
  expected.push(/status of 403/);
  const address = relay.address;
  const made = await school(address, relay.setupPath, 3);
  const mares = await school(address, relay.foundingPath(), 2, 'Mares', { given: 'Oksana', family: 'More' });
  const [desk, one, home] = [await tablet(), await tablet(), await tablet()];
  const teacher = await teacherIn(desk, made);
  await enrol(made, [one]);
  const { page } = one;

  // The teacher's classroom key is kept by altered software while the class is opened.
  await listenForKeys(page);
  await openClass(page, made);
  const keys = await rowsOf<Row & { account: string; key: string; scope: string }>(page, 'keys');
  const classroom = keys.find(
    ({ account, scope }) => account === made.teacher.account && scope === 'classroom'
  );
  const [own] = await rowsOf<Row & { id: string }>(teacher, 'device');
  const [here] = await rowsOf<Row & { id: string }>(page, 'device');
  if (!classroom || !own || !here) throw new Error('not enrolled');
  const header = (device: string, name: string): Row => ({
    v: 3,
    id: randomUUID(),
    space: made.space,
    device,
    session: randomUUID(),
    actor: made.teacher.account,
    key: classroom.key,
    kind: 'command',
    name,
    at: '2026-11-25'
  });
  const settings = { settings: { teachersExport: true } };
  expect(await forge(page, header(own.id, 'settings.set'), settings)).toBe('device-ceiling');
  expect(await forge(page, header(here.id, 'settings.set'), settings)).toBe('device-ceiling');
  const promotion = { member: made.pupils[1]?.account, role: 'pupil-admin' };
  expect(await forge(page, header(here.id, 'member.role'), promotion)).toBe('device-ceiling');

  // A child of "Mares" on the tablet of "Ríos de Europa": the door lets nobody in whose TwinSpace it is not.
  const [stranger] = mares.pupils;
  if (!stranger) throw new Error('too few');
  await page.getByRole('button', { name: 'Escribir mi usuario' }).click();
  await page.getByLabel('Usuario', { exact: true }).fill(stranger.username);
  await page.getByLabel('Contraseña', { exact: true }).fill(stranger.password);
  await page.getByRole('button', { name: 'Entrar', exact: true }).click();
  await expect(
    page.getByText('Tu función aquí no lo permite').or(page.getByRole('alert')).first()
  ).toBeVisible();
  await expect(page.getByRole('region', { name: /Es el turno/ })).toHaveCount(0);

  // Their own key, opened at home, signs nothing in "Ríos de Europa".
  await home.page.goto('/pupil-login');
  await listenForKeys(home.page);
  await signIn(home.page, '/pupil-login', stranger.username, stranger.password);
  await expect(home.page.getByText(stranger.display).first()).toBeVisible();
  const [device] = await rowsOf<Row & { id: string }>(home.page, 'device');
  const [held] = await rowsOf<Row & { key: string }>(home.page, 'keys');
  const theirs = {
    ...header(device?.id ?? '', 'member.profile'),
    actor: stranger.account,
    key: held?.key
  };
  const lie = { member: stranger.account, text: 'Estuve aquí' };
  expect(await forge(home.page, theirs, lie)).toBe('device-not-enrolled');
});
