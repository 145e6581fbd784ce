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
      { label: 'Eliminar', reason: 'Puede hacerlo: Marta Ruiz', onselect: () => chosen('remove') }
    ]
  });
  const opener = page.getByRole('button', { name: 'Opciones de Ángel' });
  await focus(opener);
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('menuitem', { name: 'Contacto' })).toHaveFocus();
  await userEvent.keyboard('{ArrowDown}');
  const greyed = page.getByRole('menuitem', { name: 'Eliminar' });
  await expect.element(greyed).toHaveFocus();
  await expect.element(greyed).toMatchTextContent('Puede hacerlo: Marta Ruiz');
  await userEvent.keyboard('{Enter}');
  expect(chosen).not.toHaveBeenCalled();
  await userEvent.keyboard('{Home}{Enter}');
  expect(chosen).toHaveBeenCalledExactlyOnceWith('contact');
  await expect.element(opener).toHaveFocus();
});
