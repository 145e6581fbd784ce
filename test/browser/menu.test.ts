import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Menu from '#lib/ui/Menu.svelte';
import { focus } from './support/steps.ts';

test('[MM12, PE10] a menu is walked through by keyboard, tells of what is greyed and does nothing with it, and gives the focus back', async () => {
  const chosen = vi.fn();
  await render(Menu, {
    label: 'Opciones de Ángel',
    items: () => [
      { label: 'Contacto', onselect: () => chosen('contact') },
      { label: 'Eliminar', reason: 'Quién puede: Marta Ruiz', onselect: () => chosen('remove') }
    ]
  });
  const opener = page.getByRole('button', { name: 'Opciones de Ángel' });
  await focus(opener);
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('menuitem', { name: 'Contacto' })).toHaveFocus();
  await userEvent.keyboard('{ArrowDown}');
  const greyed = page.getByRole('menuitem', { name: 'Eliminar' });
  await expect.element(greyed).toHaveFocus();
  await expect.element(greyed).toMatchTextContent('Quién puede: Marta Ruiz');
  await userEvent.keyboard('{Enter}');
  expect(chosen).not.toHaveBeenCalled();
  await userEvent.keyboard('{Home}{Enter}');
  expect(chosen).toHaveBeenCalledExactlyOnceWith('contact');
  await expect.element(opener).toHaveFocus();
});

test('[MM12] a list that opens under the finger chooses nothing when the finger lets go; a tap there afterwards does', async () => {
  const chosen = vi.fn();
  await render(Menu, { label: 'Opciones de Ángel', items: () => [{ label: 'Contacto', onselect: chosen }] });
  const at = { clientX: 40, clientY: 40, button: 0, bubbles: true, cancelable: true, pointerType: 'mouse' };
  const opener = page.getByRole('button', { name: 'Opciones de Ángel' }).element();
  opener.dispatchEvent(new PointerEvent('pointerdown', at));
  const item = page.getByRole('menuitem', { name: 'Contacto' });
  await expect.element(item).toBeVisible();
  item.element().dispatchEvent(new PointerEvent('pointerup', { ...at, clientX: 43 }));
  expect(chosen).not.toHaveBeenCalled();
  await expect.element(item).toBeVisible();
  await item.click();
  expect(chosen).toHaveBeenCalledOnce();
});

test('[MM12] whoever presses the button, draws the finger to an entry and lets go has chosen it', async () => {
  const chosen = vi.fn();
  await render(Menu, { label: 'Opciones de Ángel', items: () => [{ label: 'Contacto', onselect: chosen }] });
  const at = { clientX: 40, clientY: 40, button: 0, bubbles: true, cancelable: true, pointerType: 'mouse' };
  page
    .getByRole('button', { name: 'Opciones de Ángel' })
    .element()
    .dispatchEvent(new PointerEvent('pointerdown', at));
  const item = page.getByRole('menuitem', { name: 'Contacto' });
  await expect.element(item).toBeVisible();
  item.element().dispatchEvent(new PointerEvent('pointerup', { ...at, clientY: 90 }));
  expect(chosen).toHaveBeenCalledOnce();
});
