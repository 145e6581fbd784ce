import { afterEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import * as Y from 'yjs';
import type { PageEntry } from '#lib/ui/pages/page-entry.ts';
import PageReader from '#lib/ui/pages/PageReader.svelte';
import PageTree from '#lib/ui/pages/PageTree.svelte';
import { writer } from '#lib/ui/pages/writers.ts';
import { pageDocument } from '#lib/yjs/page-document.ts';
import { pageTree, type Part } from '#lib/yjs/page-tree.ts';
import { pageId } from '../support/cast.ts';
import { blocksOf, bodyOf, newBlock } from '../support/page-edits.ts';
import { diary } from '../support/page-diary.ts';
import { accessible } from './support/accessible.ts';
import { focus } from './support/steps.ts';

const entry = (title: string, depth = 0, more: Partial<PageEntry> = {}): PageEntry => ({
  id: pageId(title),
  title,
  depth,
  href: `#${encodeURIComponent(title)}`,
  state: 'shown',
  frozen: false,
  home: false,
  canWrite: false,
  here: 'here',
  waits: 0,
  ...more
});

const entries: readonly PageEntry[] = [
  entry('Nuestro proyecto', 0, { home: true }),
  entry('Ríos', 0, { canWrite: true }),
  entry('El Ebro', 1, { canWrite: true, waits: 3 }),
  entry('Afluentes', 2, { state: 'draft', canWrite: true }),
  entry('El Duero', 1, { frozen: true }),
  entry('Normas', 0, { here: 'coming' })
];

/** The page that a class has written, as it is read. */
function written(): readonly Part[] {
  const doc = pageDocument();
  diary(doc, pageId('El Duero'));
  return pageTree(doc);
}

afterEach(() => page.viewport(1180, 820));

describe('a page as it is read', () => {
  test('[PV1] it is what it is for whoever hears it; in both themes, on a phone and on a tablet', async () => {
    await render(PageReader, {
      parts: written(),
      lang: 'es',
      linkOf: (id) => (id === pageId('El Duero') ? { href: '#duero', title: 'El Duero' } : undefined)
    });
    await expect.element(page.getByRole('heading', { level: 2, name: 'El Ebro' })).toBeVisible();
    await expect.element(page.getByRole('heading', { level: 3, name: 'Lo que vimos' })).toBeVisible();
    const lists = page.getByRole('list').elements();
    expect(lists.map((list) => list.tagName)).toEqual(['UL', 'OL', 'UL']);
    await expect.element(page.getByRole('blockquote')).toMatchTextContent('el que más agua lleva');
    await expect.element(page.getByRole('note')).toMatchTextContent('chaleco');
    const columnHeader = page.getByRole('columnheader', { name: 'Río' });
    await expect.element(columnHeader).toBeVisible();
    expect(columnHeader.element().closest('thead')).not.toBeNull();
    await expect.element(page.getByText('Hecho: Mirar el mapa')).toBeInTheDocument();
    const out = page.getByRole('link', { name: 'la Confederación (se abre en otra pestaña)' });
    await expect.element(out).toHaveAttribute('rel', 'noopener noreferrer');
    await expect.element(page.getByRole('link', { name: 'el Duero' })).toHaveAttribute('href', '#duero');
    for (const [width, height] of [
      [1180, 820],
      [390, 844]
    ] as const) {
      await page.viewport(width, height);
      await accessible(`page, ${width}`);
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
    }
  });

  test('[PV1] a link to a page that is not for whoever reads is words', async () => {
    await render(PageReader, { parts: written(), lang: 'es' });
    await expect.element(page.getByText('(esta página no está aquí)')).toBeInTheDocument();
    await expect.element(page.getByRole('link', { name: 'el Duero' })).not.toBeInTheDocument();
  });

  test('[PV8] who wrote what stands below each paragraph by name, in it as a colour and a line; read aloud is the text alone', async () => {
    const doc = pageDocument();
    doc.clientID = 5;
    bodyOf(doc).insert(0, [
      newBlock({ kind: 'heading-2' }, 'El Ebro'),
      newBlock({}, 'Nace en Fontibre'),
      newBlock({ kind: 'bullet' }, 'Logroño'),
      newBlock({ kind: 'quote' }, 'dicen')
    ]);
    doc.clientID = 9;
    const text = blocksOf(bodyOf(doc))[1]?.firstChild;
    if (text instanceof Y.XmlText) text.insert(16, ', y llega muy lejos: al mar.');
    doc.clientID = 11;
    bodyOf(doc).push([newBlock({}, 'Nadie sabe')]);
    const names = new Map([
      [5, writer('ana', 'Ana Uno')],
      [9, writer('luis', 'Luis Dos')]
    ]);
    await render(PageReader, {
      parts: pageTree(doc, { clients: true }),
      lang: 'es',
      whose: (client) => names.get(client) ?? writer('', 'Aún no se sabe')
    });
    const lines = page.getByText(/^Escrito por/).elements();
    expect(lines.map(({ textContent }) => textContent)).toEqual([
      'Escrito por Ana Uno',
      'Escrito por Luis Dos y Ana Uno',
      'Escrito por Ana Uno',
      'Escrito por Ana Uno',
      'Escrito por Aún no se sabe'
    ]);
    expect(document.querySelector('p[data-say]')?.textContent).toBe(
      'Nace en Fontibre, y llega muy lejos: al mar.'
    );
    const [, one, other] = Array.from(document.querySelectorAll('[data-say] .written'), (run) =>
      getComputedStyle(run)
    );
    expect(one?.backgroundColor).not.toBe(other?.backgroundColor);
    for (const [width, height] of [
      [1180, 820],
      [390, 844]
    ] as const) {
      await page.viewport(width, height);
      await accessible(`who wrote what, ${width}`);
    }
  });

  test('[PV1] a page in which nothing stands says so', async () => {
    await render(PageReader, { parts: [{ is: 'paragraph', indent: 0, runs: [] }], lang: 'es' });
    await expect.element(page.getByRole('heading', { name: 'Aquí empieza una página nueva' })).toBeVisible();
  });
});

describe('the list of pages', () => {
  test('[PV2] says what each is, unfolds, and is walked through with the arrows', async () => {
    await render(PageTree, { entries, current: pageId('Afluentes'), onsearch: () => undefined });
    await expect
      .element(page.getByRole('link', { name: /El Ebro puedes escribir en ella 3 cambios por enviar/ }))
      .toBeVisible();
    await expect
      .element(page.getByRole('link', { name: /Afluentes.* Borrador/ }))
      .toHaveAttribute('aria-current');
    await expect.element(page.getByRole('link', { name: /Normas Aún no está aquí/ })).toBeVisible();
    await accessible('pages');

    await focus(page.getByRole('link', { name: 'Ríos' }));
    await userEvent.keyboard('{ArrowLeft}');
    await expect.element(page.getByRole('link', { name: 'El Ebro' })).not.toBeInTheDocument();
    await userEvent.keyboard('{ArrowDown}');
    await expect.element(page.getByRole('link', { name: 'Normas' })).toHaveFocus();
    await userEvent.keyboard('{ArrowUp}{ArrowRight}{ArrowRight}');
    await expect.element(page.getByRole('link', { name: 'El Ebro' })).toHaveFocus();
    await userEvent.keyboard('{ArrowRight}{ArrowLeft}{ArrowLeft}{ArrowLeft}');
    await expect.element(page.getByRole('link', { name: 'Ríos' })).toHaveFocus();
    await userEvent.keyboard('{End}{Home}');
    await expect.element(page.getByRole('link', { name: 'Nuestro proyecto' })).toHaveFocus();
  });

  test('[PV2] pages change places by their menu; a page goes neither under itself nor under its own', async () => {
    const onmove = vi.fn();
    await render(PageTree, { entries, onsearch: () => undefined, onmove });
    const choose = async (title: string, item: string): Promise<void> => {
      await page.getByRole('button', { name: `Opciones de ${title}`, exact: true }).click();
      await page.getByRole('menuitem', { name: item }).click();
    };
    await choose('El Duero', 'Mover arriba');
    expect(onmove).toHaveBeenLastCalledWith(pageId('El Duero'), { to: 'up' });
    await page.getByRole('button', { name: 'Opciones de Nuestro proyecto' }).click();
    await expect
      .element(page.getByRole('menuitem', { name: 'Mover arriba' }))
      .toMatchTextContent('Ya es la primera.');
    await userEvent.keyboard('{Escape}');
    await choose('Ríos', 'Mover dentro de…');
    const dialog = page.getByRole('dialog');
    await expect.element(dialog.getByRole('radio', { name: 'Normas' })).toBeVisible();
    expect(dialog.getByRole('radio', { name: 'El Ebro' }).elements()).toEqual([]);
    await dialog.getByRole('radio', { name: 'Normas' }).click();
    await dialog.getByRole('button', { name: 'Mover' }).click();
    expect(onmove).toHaveBeenLastCalledWith(pageId('Ríos'), { to: 'inside', page: pageId('Normas') });
  });

  test('[PV11] a page is pulled elsewhere with a mouse, or with a finger that has rested on it; never under itself', async () => {
    const onmove = vi.fn();
    await render(PageTree, {
      entries,
      onsearch: () => undefined,
      onmove,
      whyNotMove: ({ title }) => (title === 'Normas' ? 'No puedes.' : undefined)
    });
    const row = (title: string): HTMLElement => {
      const found = page.getByRole('link', { name: title }).element().closest('[data-row]');
      if (!(found instanceof HTMLElement)) throw new Error('no row');
      return found;
    };
    const middle = { x: 60, y: 28 };
    const pull = (from: string, to: string, y: number) =>
      userEvent.dragAndDrop(row(from), row(to), { sourcePosition: middle, targetPosition: { x: 60, y } });
    await pull('El Duero', 'Nuestro proyecto', 28);
    const inside = { to: 'place', place: { parent: pageId('Nuestro proyecto') } };
    expect(onmove).toHaveBeenLastCalledWith(pageId('El Duero'), inside);
    await pull('El Duero', 'El Ebro', 4);
    const before = { to: 'place', place: { parent: pageId('Ríos'), before: pageId('El Ebro') } };
    expect(onmove).toHaveBeenLastCalledWith(pageId('El Duero'), before);
    await pull('Ríos', 'Afluentes', 28);
    await pull('Normas', 'Ríos', 28);
    expect(onmove).toHaveBeenCalledTimes(2);

    const { left, top } = row('El Duero').getBoundingClientRect();
    const finger = (type: string, y: number) =>
      row('El Duero').dispatchEvent(
        new PointerEvent(type, {
          pointerId: 9,
          pointerType: 'touch',
          isPrimary: true,
          clientX: left + 60,
          clientY: y,
          bubbles: true
        })
      );
    // A finger that goes on at once scrolls.
    finger('pointerdown', top + 28);
    finger('pointermove', top - 40);
    finger('pointerup', top - 40);
    expect(onmove).toHaveBeenCalledTimes(2);
    finger('pointerdown', top + 28);
    await expect.element(row('El Duero')).toHaveClass('held');
    finger('pointermove', row('El Ebro').getBoundingClientRect().top + 4);
    await expect.element(row('El Ebro')).toHaveClass('before');
    await accessible('a page that is held');
    finger('pointerup', row('El Ebro').getBoundingClientRect().top + 4);
    expect(onmove).toHaveBeenCalledTimes(3);
    expect(onmove).toHaveBeenLastCalledWith(pageId('El Duero'), before);
    expect(location.hash).toBe('');
  });

  test('[PV2, PV3] what was found stands in place of the tree, with its words marked', async () => {
    const onsearch = vi.fn();
    const { rerender } = await render(PageTree, { entries, onsearch });
    await page.getByRole('searchbox').fill('afluente');
    expect(onsearch).toHaveBeenLastCalledWith('afluente');
    await rerender({
      found: [
        {
          id: pageId('El Ebro'),
          href: '#ebro',
          title: [{ text: 'El Ebro', hit: false }],
          excerpt: [
            { text: 'Su ', hit: false },
            { text: 'afluente', hit: true }
          ]
        }
      ]
    });
    await expect.element(page.getByRole('link', { name: 'El Ebro Su afluente' })).toBeVisible();
    await expect.element(page.getByRole('link', { name: 'Normas' })).not.toBeInTheDocument();
    await expect.element(page.getByRole('mark')).toMatchTextContent('afluente');
    await accessible('found');
    await rerender({ found: [] });
    await expect.element(page.getByText('No hay nada con «afluente»')).toBeVisible();
    await page.getByRole('searchbox').fill('');
    await expect.element(page.getByRole('link', { name: 'Normas' })).toBeVisible();
  });

  test('[PV2] where there are no pages, a pupil waits for one', async () => {
    await render(PageTree, { entries: [], onsearch: () => undefined });
    await expect.element(page.getByText('Todavía no hay páginas')).toBeVisible();
    await expect.element(page.getByText('Cuando haya una página para ti')).toBeVisible();
  });
});
