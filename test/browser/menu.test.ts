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

test('[PV12] a long menu stands in its groups under their headings, what destroys last; a short one as it is given', async () => {
  const entry = (label: string, group?: string, danger = false) => ({
    label,
    group,
    danger,
    onselect: () => undefined
  });
  const long = [
    entry('Cambiar el título', 'La página'),
    entry('A la papelera', undefined, true),
    entry('Dar permiso', 'Quién la ve'),
    entry('Imprimir', 'Guardar'),
    entry('Historial', 'La página'),
    entry('Congelar', 'Quién la ve'),
    entry('Llevar a casa', 'Guardar'),
    entry('Inicio', 'La página')
  ];
  let items = long;
  await render(Menu, { label: 'Opciones de El Ebro', items: () => items });
  const opener = page.getByRole('button', { name: 'Opciones de El Ebro' });
  const said = () =>
    page
      .getByRole('menuitem')
      .elements()
      .map((one) => one.textContent.trim());
  await opener.click();
  const first = page.getByRole('group', { name: 'La página' });
  await expect.element(first.getByRole('menuitem', { name: 'Historial' })).toBeVisible();
  expect(page.getByRole('group').elements()).toHaveLength(3);
  expect(said()).toEqual([
    'Cambiar el título',
    'Historial',
    'Inicio',
    'Dar permiso',
    'Congelar',
    'Imprimir',
    'Llevar a casa',
    'A la papelera'
  ]);
  await userEvent.keyboard('{End}');
  await expect.element(page.getByRole('menuitem', { name: 'A la papelera' })).toHaveFocus();
  await userEvent.keyboard('{Escape}');
  items = long.slice(0, 7);
  await opener.click();
  await expect.element(page.getByRole('menuitem', { name: 'Dar permiso' })).toBeVisible();
  expect(page.getByRole('group').elements()).toHaveLength(0);
  expect(said()).toEqual(items.map(({ label }) => label));
});
