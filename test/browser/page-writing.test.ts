import { afterEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import PageWriter from '#lib/ui/pages/writing/PageWriter.svelte';
import { pageDocument } from '#lib/yjs/page-document.ts';
import { pageId } from '../support/cast.ts';
import { diary } from '../support/page-diary.ts';
import { newBlock } from '../support/page-edits.ts';
import { accessible } from './support/accessible.ts';
import { focus } from './support/steps.ts';
import { writing } from './support/written-page.ts';

const tool = (name: string) => page.getByRole('toolbar').getByRole('button', { name, exact: true });

/** As a browser gives it when somebody pastes. */
function paste(into: Element, data: Readonly<Record<string, string>>): void {
  const clipboardData = new DataTransfer();
  for (const [type, text] of Object.entries(data)) clipboardData.setData(type, text);
  into.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
}

afterEach(() => page.viewport(1180, 820));

describe('a page that is being written', () => {
  test('[PV5] whoever types, makes it bold, a heading, a list with a finger finds it in the page', async () => {
    const { read } = await writing();
    await userEvent.keyboard('El Ebro');
    await tool('Título grande').click();
    await expect.element(tool('Título grande')).toHaveAttribute('aria-pressed', 'true');
    await userEvent.keyboard('{Enter}Nace en ');
    await tool('Negrita').click();
    await expect.element(tool('Negrita')).toHaveAttribute('aria-pressed', 'true');
    await userEvent.keyboard('Fontibre{Enter}');
    await tool('Lista con puntos').click();
    await userEvent.keyboard('Arga{Enter}Ega');
    await tool('Meter hacia dentro').click();
    expect(read()).toEqual(['h2: El Ebro', 'Nace en {bold|Fontibre}', 'bullet: Arga(bullet: Ega)']);
    await tool('Deshacer').click();
    await expect.element(tool('Rehacer')).not.toHaveAttribute('aria-disabled');
    await tool('Rehacer').click();
    expect(read().at(-1)).toBe('bullet: Arga(bullet: Ega)');
  });

  test('[PV5] the tools are one stop of the keyboard, told by name, state and keys, and walked through with the arrows', async () => {
    const { text, read } = await writing(newBlock({}, 'El Ebro'));
    await userEvent.keyboard('{Control>}a{/Control}{Alt>}{F10}{/Alt}');
    await expect.element(tool('Deshacer')).toHaveFocus();
    await userEvent.keyboard('{End}');
    await expect.element(tool('Línea de separación')).toHaveFocus();
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}{ArrowRight}');
    await expect.element(tool('Título grande')).toHaveFocus();
    await expect.element(tool('Título grande')).toHaveAttribute('aria-keyshortcuts', 'Control+Alt+2');
    await userEvent.keyboard('{Enter}');
    await expect.element(text).toHaveFocus();
    expect(read()).toEqual(['h2: El Ebro']);
    await userEvent.keyboard('{Alt>}{F10}{/Alt}');
    await expect.element(tool('Título grande')).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect.element(text).toHaveFocus();
    const stops = page.getByRole('toolbar').getByRole('button').elements();
    expect(stops.filter((one) => one instanceof HTMLElement && one.tabIndex === 0)).toHaveLength(1);
  });

  test('[PV5, PG2] a link is set, changed and taken away; what is no address is said', async () => {
    const { read } = await writing(newBlock({}, 'Mira aquí'));
    await userEvent.keyboard('{Control>}{End}{/Control}{Shift>}{Control>}{ArrowLeft}{/Control}{/Shift}');
    await userEvent.keyboard('{Control>}k{/Control}');
    const dialog = page.getByRole('dialog', { name: 'Enlace' });
    await dialog.getByLabelText('Dirección').fill('javascript:alert(1)');
    await dialog.getByRole('button', { name: 'Poner el enlace' }).click();
    await expect.element(dialog.getByText('Esto no es una dirección.')).toBeVisible();
    await dialog.getByLabelText('Dirección').fill('chebro.es');
    await dialog.getByRole('button', { name: 'Poner el enlace' }).click();
    await expect.element(dialog).not.toBeInTheDocument();
    expect(read()).toEqual(['Mira {https://chebro.es/|aquí}']);
    await tool('Enlace').click();
    await dialog.getByLabelText('Dirección').fill('ana@centro.es');
    await dialog.getByRole('button', { name: 'Poner el enlace' }).click();
    expect(read()).toEqual(['Mira {mailto:ana@centro.es|aquí}']);
    await tool('Enlace').click();
    await dialog.getByRole('button', { name: 'Quitar el enlace' }).click();
    expect(read()).toEqual(['Mira aquí']);
  });

  test('[PV6] pasted HTML is blocks, nothing of it is loaded; an address alone becomes a link, on what is selected too', async () => {
    const { text, read } = await writing(newBlock({}, 'uno '));
    await userEvent.keyboard('{Control>}{End}{/Control}');
    const fetched = vi.fn();
    Object.assign(globalThis, { fetchedByPaste: fetched });
    paste(text.element(), {
      'text/html': `<b style="font-weight:normal"><h2>Plan</h2><ul><li><p>agua<img src="x" onerror="fetchedByPaste()"></p></li></ul></b><script>fetchedByPaste()</script><p>fin</p>`,
      'text/plain': 'no'
    });
    expect(read()).toEqual(['uno Plan', 'bullet: agua', 'fin']);
    await userEvent.keyboard(' ');
    paste(text.element(), { 'text/plain': 'https://a.es/rio' });
    expect(read().at(-1)).toBe('fin {https://a.es/rio|https://a.es/rio}');
    await userEvent.keyboard('{Control>}a{/Control}');
    paste(text.element(), { 'text/plain': 'uno\n\ndos' });
    expect(read()).toEqual(['uno', 'dos']);
    expect(document.querySelector('.page-text img[src]')).toBeNull();
    expect(fetched).not.toHaveBeenCalled();
    paste(text.element(), { 'text/html': '<img src="https://a.es/x.png">' });
    await expect.element(page.getByText('De lo que has pegado no se puede poner nada aquí.')).toBeVisible();
    paste(text.element(), { 'text/html': '<p>agua</p>'.repeat(10_000) });
    await expect.element(page.getByText('Era demasiado para pegarlo de una vez')).toBeVisible();
    expect(read().length).toBeGreaterThan(1_000);
  });

  test('[PV6] what is copied here comes back as it was', async () => {
    const { text, read } = await writing(
      newBlock({ kind: 'heading-3' }, 'Uno'),
      newBlock({ kind: 'check', indent: 1, checked: true }, 'dos')
    );
    const before = read();
    await userEvent.keyboard('{Control>}a{/Control}');
    const clipboardData = new DataTransfer();
    text
      .element()
      .dispatchEvent(new ClipboardEvent('cut', { clipboardData, bubbles: true, cancelable: true }));
    expect(read()).toEqual([]);
    expect(clipboardData.getData('text/html')).toContain('<h3');
    paste(text.element(), { 'text/html': clipboardData.getData('text/html') });
    expect(read()).toEqual(before);
  });

  test('[PV7] a table is made, filled, grown and left by keys and by finger; a page may end with one', async () => {
    const { read } = await writing(newBlock({}, 'Ríos'));
    await tool('Poner una tabla').click();
    await userEvent.keyboard('Río{Tab}Largo{Tab}Nace{Tab}Ebro');
    await tool('Quitar columna').click();
    await userEvent.keyboard('{Tab}');
    await tool('Fila nueva').click();
    await tool('Quitar tabla').click();
    expect(read()).toEqual(['Ríos', '']);
    await tool('Deshacer').click();
    expect(read()[1]).toContain('Largo | *Nace');
  });

  test('[PV7] from the last cell Tab makes a row, the arrow a line below, and the tool leaves', async () => {
    const { read } = await writing();
    await tool('Poner una tabla').click();
    await userEvent.keyboard('a{Tab}b{Tab}c{Tab}d{Tab}e{Tab}f{Tab}g{Tab}h{Tab}i{Tab}j');
    expect(read()[0]).toBe('*a | *b | *c || d | e | f || g | h | i || j |  | ');
    await tool('Columna nueva').click();
    await userEvent.keyboard('k');
    await tool('Quitar fila').click();
    expect(read()[0]).toBe('*a | * | *b | *c || d |  | e | f || g |  | h | i');
    await userEvent.keyboard('{ArrowDown}debajo');
    expect(read()[1]).toBe('debajo');
  });

  test('[PV7] a selection over cells stays in one, and deleting it leaves the others', async () => {
    const { read } = await writing();
    await tool('Poner una tabla').click();
    await userEvent.keyboard(
      'uno{Tab}dos{Tab}tres{Shift>}{ArrowLeft}{ArrowLeft}{ArrowLeft}{ArrowLeft}{ArrowLeft}{ArrowLeft}{/Shift}{Backspace}'
    );
    expect(read()[0]?.split(' || ')[0]).toBe('*uno | *dos | *');
  });

  test('[PV10] an entry is ticked off by a checkbox that bears its words: with a finger, with keys, and heard', async () => {
    const { text, read } = await writing(newBlock({ kind: 'check' }, 'Mirar el mapa'));
    const box = page.getByRole('checkbox', { name: 'Mirar el mapa', exact: true });
    await box.click();
    await expect.element(box).toBeChecked();
    expect(read()).toEqual(['check: ✓Mirar el mapa']);
    // Neither the caret nor the keyboard on the screen has gone.
    await expect.element(text).toHaveFocus();
    await userEvent.keyboard(' hoy{Enter}');
    expect(read()).toEqual(['check: ✓Mirar el mapa hoy | ']);
    await expect.element(page.getByRole('checkbox', { name: 'Tarea sin texto' })).not.toBeChecked();
    await userEvent.keyboard('Ir{Control>}{Enter}{/Control}');
    await expect.element(page.getByRole('checkbox', { name: 'Ir', exact: true })).toBeChecked();
    await focus(page.getByRole('checkbox', { name: 'Mirar el mapa hoy' }));
    await userEvent.keyboard(' ');
    expect(read()).toEqual(['check: Mirar el mapa hoy | ✓Ir']);
    await accessible('an entry to be ticked off');
    await userEvent.keyboard('{Escape}');
    await expect.element(text).toHaveFocus();
    await tool('Lista con puntos').click();
    await expect.element(page.getByRole('checkbox', { name: 'Ir', exact: true })).not.toBeInTheDocument();
    await userEvent.keyboard(' lejos');
    expect(read()).toEqual(['check: Mirar el mapa hoy', 'bullet: Ir lejos']);
  });

  test('[PV5] the tools never lie over the line that is being written', async () => {
    await page.viewport(390, 844);
    await writing(newBlock({}, 'uno'));
    await userEvent.keyboard(`{Control>}{End}{/Control}${'{Enter}agua'.repeat(30)}`);
    const last = document.querySelector('.ProseMirror > :last-child');
    await expect
      .poll(() => {
        const bottom = last?.getBoundingClientRect().bottom ?? Infinity;
        return bottom <= page.getByRole('toolbar').element().getBoundingClientRect().top;
      })
      .toBe(true);
  });

  test('[PV5] it looks as what it is, in both themes, on a phone and on a tablet; nothing is written by looking', async () => {
    const doc = pageDocument({ keepDeleted: true });
    diary(doc, pageId('El Duero'));
    const edits = vi.fn();
    doc.on('update', edits);
    await render(PageWriter, { doc, title: 'El Ebro', lang: 'es' });
    await expect.element(page.getByRole('heading', { level: 3, name: 'Lo que vimos' })).toBeVisible();
    for (const [width, height] of [
      [1180, 820],
      [390, 844]
    ] as const) {
      await page.viewport(width, height);
      await accessible(`writing, ${width}`);
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
    }
    expect(edits).not.toHaveBeenCalled();
  });
});
