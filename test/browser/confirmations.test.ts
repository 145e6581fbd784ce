import { describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { plusDays } from '#lib/domain/dates.ts';
import { angel, invitationId, marta, newAccount, pageId, person, rios, secretHash } from '../support/cast.ts';
import { riosDeEuropa, type World } from '../support/world.ts';
import { classTablet, password, sit } from './support/seat.ts';
import { fromMenu } from './support/steps.ts';

const diary = { page: pageId('diary'), title: 'El cuaderno del río', order: 'a0', draft: true };
const members = `/space/${rios}/members`;
const long = 'Maximiliana Guadalupe Fernández de la Peña y Ortiz de Zárate';

/** With a draft, and an invitation that is open. */
function begun(): World {
  const world = riosDeEuropa();
  world.do(marta, 'page.create', diary);
  const link = { invitation: invitationId('Ana'), role: 'teacher', label: 'Ana, de Oporto' } as const;
  const expires = plusDays(world.now, 7);
  world.do(marta, 'invitation.create', { ...link, secretHash: secretHash('Ana'), expires });
  return world;
}

async function ofPage(item: string): Promise<void> {
  await page.getByRole('button', { name: `Opciones de ${diary.title}` }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

describe('without a network', () => {
  test.each([
    [
      'a page that is shown to everybody',
      `/space/${rios}/pages`,
      () => ofPage('Mostrar a todos'),
      'Todos verán «El cuaderno del río» cuando haya conexión'
    ],
    [
      'a page that is frozen',
      `/space/${rios}/pages`,
      () => ofPage('Congelar'),
      'La página se congelará para los demás cuando haya conexión'
    ],
    [
      'an invitation that is taken back',
      `${members}/add/teacher`,
      () => page.getByRole('button', { name: 'Retirar' }).click(),
      'La invitación dejará de valer cuando haya conexión'
    ],
    [
      'somebody who is removed',
      members,
      async () =>
        (await fromMenu('Ángel CanoRobles', 'Eliminar')).getByRole('button', { name: 'Eliminar' }).click(),
      'Ángel CanoRobles ya no está en este TwinSpace. Los demás aún no lo saben.'
    ],
    [
      'what somebody tells of themselves',
      `/space/${rios}/profile`,
      async () => {
        await page.getByLabelText('Cuenta algo de ti').fill('Me gusta remar.');
        await page.getByRole('button', { name: 'Guardar' }).click();
      },
      'Guardado. En «Ríos de Europa» se verá cuando haya conexión.'
    ]
  ])('[AP10] %s: what is said of it is true', async (_, at, act, words) => {
    await sit(marta, begun(), at);
    await act();
    await expect.element(said()).toMatchTextContent(words);
  });
});

/** The confirmation that is there. */
const said = () => page.getByRole('status').filter({ hasText: /\S/ }).last();

describe('on a phone', () => {
  test('[AP10] a confirmation takes three lines at most, its icon keeps its size, and it covers neither title nor places', async () => {
    await page.viewport(390, 844);
    await sit(marta, begun(), `/space/${rios}/pages`);
    await ofPage('Mandar a la papelera');
    const button = page.getByRole('button', { name: 'Deshacer' });
    await expect.element(button).toBeVisible();
    const toast = button.element().parentElement;
    const [icon, words] = [toast?.querySelector('svg'), toast?.querySelector('p')];
    if (!toast || !icon || !words) throw new Error('no confirmation');
    expect(icon.getBoundingClientRect().width).toBe(22);
    expect(linesOf(words)).toBeLessThanOrEqual(3);
    const box = toast.getBoundingClientRect();
    expect(box.left).toBeGreaterThanOrEqual(0);
    expect(box.right).toBeLessThanOrEqual(390);
    expect(box.top).toBeGreaterThan(bottomOf(page.getByRole('heading', { level: 1 }).element()));
    const places = page.getByRole('navigation', { name: 'Secciones' }).element();
    expect(box.bottom).toBeLessThanOrEqual(places.getBoundingClientRect().top);
  });

  test.each([
    ['Ángel CanoRobles', angel],
    [long, person('Maximiliana', 'Fernández', 'maximiliana.fernandez.1')]
  ])('[LK4, AP10] without a network whose turn it is stands there whole: %s', async (display, who) => {
    await page.viewport(390, 844);
    const world = riosDeEuropa();
    if (who !== angel) world.do(marta, 'pupil.add', { account: newAccount(who, { display }), role: 'pupil' });
    const { app, started } = await classTablet(marta, [who], world, 'open');
    await started();
    await app.contact.refresh();
    await app.signIn(who.username, password);
    const turn = page.getByRole('region', { name: `Es el turno de ${display}` });
    await expect.element(turn).toBeVisible();
    await page.getByRole('link', { name: /Sobre mí/ }).click();
    await page.getByLabelText('Cuenta algo de ti').fill('Me gusta remar.');
    await page.getByRole('button', { name: 'Guardar' }).click();
    await expect.element(page.getByText(/^Guardado\. En «/)).toBeVisible();
    await expect.element(turn.getByRole('link', { name: /Sin conexión, \d esperan? desde/ })).toBeVisible();

    const name = turn.getByText(display, { exact: true }).element();
    // The foot of a letter may reach below its line; a line that is cut off is some 25 pixels.
    expect(name.scrollHeight).toBeLessThan(name.clientHeight + 8);
    expect(name.scrollWidth).toBeLessThanOrEqual(name.clientWidth);
    const button = turn.getByRole('button', { name: 'He terminado' }).element();
    for (const part of [name, button, turn.getByRole('link').element()]) {
      const { left, right } = part.getBoundingClientRect();
      expect(left).toBeGreaterThanOrEqual(0);
      expect(right).toBeLessThanOrEqual(390);
    }
    expect(button.getBoundingClientRect().height).toBeGreaterThanOrEqual(64);
    // What is said of it lies below, on nothing of the banner.
    const toast = page.getByText(/^Guardado\. En «/).element();
    expect(toast.getBoundingClientRect().top).toBeGreaterThan(bottomOf(turn.element()));
    expect(toast.getBoundingClientRect().top).toBeGreaterThan(
      bottomOf(page.getByRole('heading', { level: 1 }).element())
    );
  });
});

function linesOf(words: Element): number {
  const range = document.createRange();
  range.selectNodeContents(words);
  return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
}

function bottomOf(part: Element): number {
  return part.getBoundingClientRect().bottom;
}
