import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { InstallOffer } from '#lib/pwa/install-offer.svelte.ts';
import SignInForm from '#lib/ui/door/SignInForm.svelte';
import InstallFirst from '#lib/ui/InstallFirst.svelte';
import LinkCard from '#lib/ui/LinkCard.svelte';
import { watchKeyboard } from '#lib/ui/screen-keyboard.ts';
import { marta, rios } from '../support/cast.ts';
import { riosDeEuropa } from '../support/world.ts';
import ManyHands from './support/ManyHands.svelte';
import { page as shown } from './support/kit/state.svelte.ts';
import { atTheDoor, nobodyAt, password, sit } from './support/seat.ts';
import { fromMenu } from './support/steps.ts';

test('[AP1] Spanish or English from the first screen, remembered', async () => {
  await atTheDoor('/');
  await expect.element(page.getByRole('link', { name: /Soy docente/ })).toBeVisible();
  await page.getByRole('button', { name: 'English' }).click();
  await expect.element(page.getByRole('link', { name: /I am a teacher/ })).toBeVisible();
  expect(document.documentElement.lang).toBe('en');
  expect(Object.values({ ...localStorage })).toContain('en');
});

test('[BR2] a tablet of many hands asks the browser to keep no password', async () => {
  const shown = await render(ManyHands);
  const password = page.getByLabelText('Contraseña', { exact: true });
  await expect.element(password).toHaveAttribute('autocomplete', 'off');
  await expect.element(password).toHaveAttribute('data-1p-ignore', '');
  expect(
    shown.container.querySelector('[autocomplete=username], [autocomplete=current-password]')
  ).toBeNull();
});

test('[BR2] one’s own device may keep it', async () => {
  await render(SignInForm, { busy: false, onsubmit: () => undefined });
  const password = page.getByLabelText('Contraseña', { exact: true });
  await expect.element(password).toHaveAttribute('autocomplete', 'current-password');
});

test.each([
  { then: 'code', says: 'Antes de seguir, instala TwinSpace', next: 'escribe allí el código' },
  { then: 'sign-in', says: 'conviene instalar TwinSpace', next: '' }
] as const)(
  '[BR6] whoever opens the app in the browser of an iPad is told to install it first: $then',
  async ({ then, says, next }) => {
    // As Safari on an iPhone calls itself; an iPad calls itself a Mac, and is known by its touch points.
    const agent = vi
      .spyOn(navigator, 'userAgent', 'get')
      .mockReturnValue(
        'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1'
      );
    const offer = new InstallOffer();
    offer.start();
    agent.mockRestore();
    offer.close();
    await render(InstallFirst, { install: offer.state, then });
    await expect.element(page.getByText(says)).toBeVisible();
    await expect.element(page.getByText(next).first()).toBeVisible();
  }
);

test('[BR6] elsewhere nobody is told to install anything first', async () => {
  const offer = new InstallOffer();
  offer.start();
  offer.close();
  await render(InstallFirst, { install: offer.state, then: 'code' });
  expect(document.body.innerText).not.toContain('instala TwinSpace');
});

test('[BR9] a browser that refuses to copy says how to do it by hand', async () => {
  const refused = vi
    .spyOn(navigator.clipboard, 'writeText')
    .mockRejectedValue(new DOMException('no', 'NotAllowedError'));
  await render(LinkCard, { label: 'Invitación', link: 'https://twin.example.org/invite#secret' });
  await page.getByRole('button', { name: 'Copiar el enlace' }).click();
  await expect.element(page.getByText('mantén pulsado el texto')).toBeVisible();
  refused.mockRestore();
});

test('[BR8] a dialog stands above the keyboard on the screen', async () => {
  await page.viewport(390, 844);
  await sit(marta, riosDeEuropa(), `/space/${rios}/members`);
  const bar = page.getByRole('navigation', { name: 'Secciones' });
  await expect.element(bar).toBeVisible();
  // What the app is told of a keyboard that lies over the lower 336 pixels; this engine has none to show.
  const seen = globalThis.visualViewport;
  if (!seen) throw new Error('no visual viewport');
  const height = vi.spyOn(seen, 'height', 'get').mockReturnValue(innerHeight - 336);
  const stop = watchKeyboard(document.documentElement);
  await expect.element(bar).not.toBeInTheDocument();
  const dialog = await fromMenu('Ángel CanoRobles', 'Cambiar contraseña');
  await expect.element(dialog).toBeVisible();
  await expect
    .poll(() => Math.round(dialog.element().getBoundingClientRect().bottom))
    .toBeLessThanOrEqual(844 - 336);
  height.mockRestore();
  seen.dispatchEvent(new Event('resize'));
  stop();
});

test('[BR1] a field that the browser filled in counts, though nobody typed and no event told', async () => {
  const onsubmit = vi.fn();
  await render(SignInForm, { busy: false, onsubmit });
  for (const [label, text] of [
    ['Usuario', 'marta.rios.1'],
    ['Contraseña', password]
  ] as const) {
    const field = page.getByLabelText(label, { exact: true }).element();
    if (field instanceof HTMLInputElement) field.value = text;
  }
  await page.getByRole('button', { name: 'Entrar', exact: true }).click();
  expect(onsubmit).toHaveBeenCalledExactlyOnceWith('marta.rios.1', password, undefined);
});

test('[BR3] a link into the app is kept from door to door', async () => {
  const place = `/space/${rios}/activity?account=${marta.id}`;
  await nobodyAt(marta, riosDeEuropa(), place);
  await page.getByRole('link', { name: 'Soy docente' }).click();
  await page.getByRole('link', { name: 'Entrada del alumnado' }).click();
  await page.getByRole('link', { name: 'Soy docente' }).click();
  await page.getByLabelText('Usuario').fill(marta.username);
  await page.getByLabelText('Contraseña', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Entrar', exact: true }).click();
  await expect.element(page.getByRole('heading', { name: 'Registro de actividad' })).toBeVisible();
  expect(shown.url.pathname + shown.url.search).toBe(place);
});
