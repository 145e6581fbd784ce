import { expect, onTestFinished, test } from 'vitest';
import { tick } from 'svelte';
import { page } from 'vitest/browser';
import { angel, marta, zoe } from '../support/cast.ts';
import { riosDeEuropa } from '../support/world.ts';
import { heldStore } from './support/held-store.ts';
import { classTablet, password } from './support/seat.ts';

const tiles = page.getByRole('heading', { name: '¿Quién eres?' });
const question = page.getByRole('heading', { name: '¿Sigues tú?' });

/** Whether such words were to be seen at any moment from now on, however short. */
function everSeen(words: string): () => boolean {
  let seen = false;
  const look = (): void => {
    seen ||= document.body.innerText.includes(words);
  };
  const observer = new MutationObserver(look);
  observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  onTestFinished(() => observer.disconnect());
  return () => {
    look();
    return seen;
  };
}

test('[LK2] while the storage takes its time, who has finished is not asked whether they go on', async () => {
  const { app, started } = await classTablet(marta, [angel, zoe], riosDeEuropa(), 'open');
  await started();
  await app.signIn(angel.username, password);
  await expect.element(page.getByRole('region', { name: 'Es el turno de' })).toBeVisible();

  const asked = everSeen('¿Sigues tú?');
  const letGo = await heldStore(app.db, 'turn');
  await page.getByRole('button', { name: 'He terminado' }).click();
  await expect.element(tiles).toBeVisible();
  letGo();
  await expect.poll(() => app.db.turn.count()).toBe(0);
  await expect.element(tiles).toBeVisible();
  expect(asked()).toBe(false);
});

test.each([
  ['a tile', async () => page.getByRole('button', { name: angel.given }).click()],
  [
    'the door of teachers',
    async () => {
      await page.getByRole('button', { name: 'Soy docente' }).click();
      await page.getByRole('button', { name: marta.given }).click();
    }
  ]
])(
  '[LK2] whoever signs in by %s is not asked whether they go on, at no moment on their way',
  async (_, choose) => {
    const { started } = await classTablet(marta, [angel, zoe], riosDeEuropa(), 'open');
    await started();
    const asked = everSeen('¿Sigues tú?');
    await choose();
    await page.getByRole('textbox', { name: 'Contraseña' }).fill(password);
    await page.getByRole('button', { name: 'Entrar' }).click();
    await expect.element(page.getByRole('button', { name: 'He terminado' })).toBeVisible();
    expect(asked()).toBe(false);
  }
);

test('[LK2] who was interrupted is asked until they are in', async () => {
  const { app, started } = await classTablet(marta, [angel, zoe], riosDeEuropa(), 'open');
  await started();
  await app.signIn(angel.username, password);
  await app.signOut('idle');
  await expect.element(question).toBeVisible();
  const others = everSeen('¿Quién eres?');
  await page.getByRole('textbox', { name: 'Contraseña' }).fill(password);
  await page.getByRole('button', { name: 'Entrar' }).click();
  await expect.element(page.getByRole('button', { name: 'He terminado' })).toBeVisible();
  expect(others()).toBe(false);
});

test('[LK3] a door whose class is open is never shown closed, however late the storage answers', async () => {
  let read = (): void => undefined;
  const whenRead = new Promise<void>((resolve) => (read = resolve));
  const { app, started } = await classTablet(marta, [angel, zoe], riosDeEuropa(), 'open', whenRead);
  const closed = everSeen('Docente: abrir la clase');
  const start = started();
  // All else that the door is made of has long been read.
  for (let round = 0; round < 30; round++) await app.db.device.count();
  read();
  await start;
  await expect.element(tiles).toBeVisible();
  expect(closed()).toBe(false);
});

test('[AP10, TB4] a tap on a tablet that was let in a moment ago goes where it was aimed', async () => {
  // Upright, so that there is room around the card in the middle.
  await page.viewport(820, 1180);
  onTestFinished(() => page.viewport(1180, 820));
  const { app, started } = await classTablet(marta, [angel, zoe], riosDeEuropa(), 'asking');
  await started();
  await expect.element(page.getByRole('heading', { name: 'Espera un momento' })).toBeVisible();
  const { device } = app;
  if (device.is !== 'enrolled' || !device.tablet) throw new Error('it has not asked');
  await app.db.device.update('device', {
    enrolment: { ...device, tablet: { ...device.tablet, stage: 'active' } }
  });
  const said = page.getByText('ya es una tableta de clase');
  await expect.element(said).toBeVisible();
  const button = page.getByRole('button', { name: 'Docente: abrir la clase' });
  await expect.element(button).toBeVisible();
  await expect.element(page.getByText('lista también sin conexión')).toBeVisible();
  const top = (): number => button.element().getBoundingClientRect().top;
  const before = top();
  button.element().dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
  await tick();
  expect(top()).toBe(before);
  await page.getByRole('textbox', { name: 'Usuario' }).fill('a');
  await expect.element(said).not.toBeInTheDocument();
  expect(top()).toBe(before);
  await button.click();
  await expect.element(page.getByRole('heading', { name: 'Entrada de docentes' })).toBeVisible();
});
