import { describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { CommandArgs } from '#lib/domain/commands/command.ts';
import type { BlockId, PageId } from '#lib/domain/ids.ts';
import type { Passage } from '#lib/domain/records.ts';
import PageReader from '#lib/ui/pages/PageReader.svelte';
import { pageDocument } from '#lib/yjs/page-document.ts';
import { pageTree } from '#lib/yjs/page-tree.ts';
import { angel, commentId, luca, marta, pageId, rios, zoe, type Person } from '../support/cast.ts';
import { bodyOf, newBlock } from '../support/page-edits.ts';
import { riosDeEuropa, type World } from '../support/world.ts';
import { accessible } from './support/accessible.ts';
import { afterLock, begunOn } from './support/begun.ts';
import { goto } from './support/kit/navigation.ts';
import { password, sit } from './support/seat.ts';

const ebro = pageId('El Ebro');
const at = `/space/${rios}/pages/${ebro}`;

/** A page that all see and that was given to the pupils. */
function withPage(settings: CommandArgs['settings.set']['settings'] = {}): World {
  const world = riosDeEuropa();
  world.do(marta, 'page.create', { page: ebro, title: 'El Ebro', order: 'a0', draft: false });
  world.do(marta, 'page.permit', { page: ebro, to: { is: 'pupils' } });
  if (Object.keys(settings).length > 0) world.do(marta, 'settings.set', { settings });
  return world;
}

const talk = () => page.getByRole('complementary', { name: 'Comentarios' });
const field = () => talk().getByLabelText('Escribe un comentario');
const button = (name: string) => talk().getByRole('button', { name, exact: true });

describe('what is said of a page', () => {
  test('[CO1, CO4, CO6] a pupil says something, with a sign too, changes it, takes it back, and brings it back', async () => {
    await sit(angel, withPage(), at);
    await expect.element(talk().getByText('Aún no hay comentarios')).toBeVisible();
    await button('¡Bravo!').click();
    await expect.element(button('¡Bravo!')).toHaveAttribute('aria-pressed', 'true');
    await expect.element(talk().getByText('¡Bravo!: Ángel')).toBeVisible();
    await button('Gracias').click();
    await expect.element(button('¡Bravo!')).toHaveAttribute('aria-pressed', 'false');
    await button('Gracias').click();
    await expect.element(talk().getByRole('listitem')).not.toBeInTheDocument();

    await field().fill('Mira en www.rio.example');
    await button('Comentar').click();
    await expect.element(talk().getByRole('alert')).toMatchTextContent('Aquí no caben enlaces');
    await field().fill('ñ'.repeat(501));
    await expect.element(talk().getByText('Sobra 1 signo')).toBeVisible();
    await field().fill('Qué bonito el río');
    await button('Comentar').click();
    await expect.element(talk().getByText('Qué bonito el río')).toBeVisible();
    await expect.element(field()).toHaveValue('');
    await expect.element(talk().getByTitle('espera')).toBeInTheDocument();

    await talk()
      .getByRole('button', { name: /Comentario de/ })
      .click();
    await page.getByRole('menuitem', { name: 'Cambiar' }).click();
    await talk().getByLabelText('Cambiar').fill('Qué bonito el Ebro');
    await button('Guardar').click();
    await expect.element(talk().getByText('Qué bonito el Ebro')).toBeVisible();
    await talk()
      .getByRole('button', { name: /Comentario de/ })
      .click();
    await page.getByRole('menuitem', { name: 'Quitar' }).click();
    await expect.element(talk().getByText('Qué bonito el Ebro')).not.toBeInTheDocument();
    await page.getByRole('button', { name: 'Deshacer' }).click();
    await expect.element(talk().getByText('Qué bonito el Ebro')).toBeVisible();
    await accessible('comments');
    await page.viewport(390, 844);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
    await page.viewport(1180, 820);
  });

  test('[CO11] what a pupil has begun to say is there again after the device has locked, until it is sent', async () => {
    const app = await sit(angel, withPage(), at);
    const again = (): Promise<void> => afterLock(app, angel, at);
    const keeps = (): Promise<readonly string[]> => begunOn(app);
    await field().fill('Qué bonito el r');
    await expect.poll(keeps).toEqual(['Qué bonito el r']);
    await again();
    await expect.element(field()).toHaveValue('Qué bonito el r');
    await expect.element(talk().getByText('Esto lo empezaste antes')).toBeVisible();
    await accessible('a comment that was begun before');
    await field().fill('Qué bonito el río');
    await button('Comentar').click();
    await expect.element(talk().getByText('Qué bonito el río')).toBeVisible();
    await expect.poll(keeps).toEqual([]);

    const change = async (): Promise<void> => {
      await talk()
        .getByRole('button', { name: /Comentario de/ })
        .click();
      await page.getByRole('menuitem', { name: 'Cambiar' }).click();
    };
    await change();
    await talk().getByLabelText('Cambiar').fill('Qué bonito el Ebro');
    await expect.poll(keeps).toEqual(['Qué bonito el Ebro']);
    await again();
    await expect.element(talk().getByLabelText('Cambiar')).toHaveValue('Qué bonito el Ebro');
    await button('Cancelar').click();
    await expect.poll(keeps).toEqual([]);
    await change();
    await expect.element(talk().getByLabelText('Cambiar')).toHaveValue('Qué bonito el río');
  });

  test('[CO11, NW9] what a full device could not keep it keeps as soon as there is room, whether somebody types on or not', async () => {
    const app = await sit(angel, withPage(), at);
    const put = vi
      .spyOn(app.db.unsent, 'put')
      .mockRejectedValue(new DOMException('no room', 'QuotaExceededError'));
    const keeps = (): Promise<readonly string[]> => begunOn(app);
    await field().fill('Qué bonito');
    // Once, and once more with what can be had again given up.
    await expect.poll(() => put.mock.calls.length).toBeGreaterThan(1);
    expect(await keeps()).toEqual([]);
    put.mockRestore();
    await expect.poll(keeps).toEqual(['Qué bonito']);
  });

  test('[CO11, CO2] with the paragraph that it is about', async () => {
    const app = await sit(angel, withPage(), at);
    const about = { block: '7-3' as BlockId, words: 'Nace en Fontibre' };
    await app.db.unsent.put({
      account: angel.id,
      place: `say/${ebro}`,
      text: 'Yo estuve',
      about,
      on: app.today()
    });
    await app.signOut();
    await app.signIn(angel.username, password);
    await goto(at);
    await expect.element(talk().getByLabelText('Escribe sobre este párrafo')).toHaveValue('Yo estuve');
    await expect.element(talk().getByText('Nace en Fontibre')).toBeVisible();
    await button('Sobre toda la página').click();
    await expect.element(field()).toHaveValue('Yo estuve');
    await expect
      .poll(async () => (await app.db.unsent.toArray()).map(({ about }) => about))
      .toEqual([undefined]);
  });

  test('[CO4, CO5, PE39] a teacher says yes to what waits, takes it away and brings it back', async () => {
    const world = withPage({ commentApproval: true });
    world.do(angel, 'comment.add', { page: ebro, comment: commentId('one'), text: 'Me gusta' });
    await sit(luca, world, at);
    await expect.element(talk().getByText('Espera el visto bueno')).toBeVisible();
    await accessible('a comment that waits');
    await button('Dar el visto bueno').click();
    await expect.element(talk().getByText('Espera el visto bueno')).not.toBeInTheDocument();
    await talk()
      .getByRole('button', { name: /Comentario de/ })
      .click();
    await expect.element(page.getByRole('menuitem', { name: 'Cambiar' })).not.toBeInTheDocument();
    await page.getByRole('menuitem', { name: 'Quitar' }).click();
    await talk().getByText('1 comentario quitado').click();
    await button('Recuperar').click();
    await expect.element(talk().getByText('1 comentario quitado')).not.toBeInTheDocument();
    await expect.element(talk().getByText('Me gusta')).toBeVisible();
  });

  test('[CO5] a teacher finds in the list of pages what waits', async () => {
    const world = withPage({ commentApproval: true });
    world.do(angel, 'comment.add', { page: ebro, comment: commentId('one'), text: 'Me gusta' });
    await sit(luca, world, `/space/${rios}/pages`);
    await expect.element(page.getByRole('heading', { name: 'Comentarios que esperan' })).toBeVisible();
    await expect.element(page.getByText('1 comentario', { exact: true })).toBeVisible();
    await accessible('comments that wait');
  });

  test('[CO5, CO2, PE39] what waits on many pages is looked through in one place, one after the other', async () => {
    const world = withPage({ commentApproval: true });
    const arga = pageId('El Arga');
    world.do(marta, 'page.create', { page: arga, title: 'El Arga', order: 'a1', draft: false });
    const says = (who: Person, on: PageId, text: string, about?: Passage): void =>
      void world.do(who, 'comment.add', {
        page: on,
        comment: commentId(text),
        text,
        ...(about ? { about } : {})
      });
    says(angel, ebro, 'Me gusta', { block: '7-3' as BlockId, quote: 'Nace en Fontibre' });
    says(zoe, ebro, 'Y a mí');
    says(angel, arga, 'Es corto');
    says(angel, arga, 'Es feo');
    await sit(luca, world, `/space/${rios}/pages`);
    await expect.element(page.getByRole('link', { name: /^4\s*Páginas/ }).first()).toBeVisible();
    await page.getByRole('link', { name: 'Mirarlos uno a uno' }).click();
    const one = page.getByRole('region', { name: 'Mirar lo que espera' });
    const place = (at: string) => expect.element(one.getByRole('status')).toHaveTextContent(at);
    const yes = one.getByRole('button', { name: 'Sí, que se vea' });
    const answer = async (name: string): Promise<void> => one.getByRole('button', { name }).click();
    await place('1 de 4');
    await expect.element(yes).toHaveFocus();
    await accessible('looking through comments');
    const texts = (): string => document.querySelector('.queue .text')?.textContent ?? '';
    const all = new Set<string>();
    // Put off, each comes once more when the others were looked at.
    for (let at = 0; at < 4; at++) {
      all.add(texts());
      const before = texts();
      await answer('Después');
      await expect.poll(texts).not.toBe(before);
    }
    expect([...all].sort()).toEqual(['Es corto', 'Es feo', 'Me gusta', 'Y a mí']);
    for (let at = 0; at < 4 && texts() !== 'Es feo'; at++) {
      const before = texts();
      await answer('Después');
      await expect.poll(texts).not.toBe(before);
    }
    await answer('Quitar');
    await place('2 de 4');
    await page.getByRole('button', { name: 'Deshacer' }).click();
    await place('1 de 4');
    for (let at = 0; at < 4 && texts() !== 'Me gusta'; at++) {
      const before = texts();
      await answer('Después');
      await expect.poll(texts).not.toBe(before);
    }
    await expect.element(one.getByText('Nace en Fontibre')).toBeVisible();
    await expect.element(one.getByRole('link', { name: 'En la página «El Ebro»' })).toBeVisible();
    await answer('Que se vean los 3 de Ángel');
    await place('4 de 4');
    await expect.element(one.getByText('Y a mí')).toBeVisible();
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText('No espera ningún comentario')).toBeVisible();
    await accessible('no comment waits');
    expect(page.getByRole('link', { name: /\d\s*Páginas/ }).elements()).toHaveLength(0);
  });

  test('[CO5] of what waits its author reads that it waits', async () => {
    const world = withPage({ commentApproval: true });
    world.do(angel, 'comment.add', { page: ebro, comment: commentId('one'), text: 'Me gusta' });
    await sit(angel, world, at);
    await expect.element(talk().getByText('Un docente lo va a leer')).toBeVisible();
  });

  test('[CO5] and other pupils nothing', async () => {
    const world = withPage({ commentApproval: true });
    world.do(angel, 'comment.add', { page: ebro, comment: commentId('one'), text: 'Me gusta' });
    await sit(zoe, world, at);
    await expect.element(talk().getByText('Aún no hay comentarios')).toBeVisible();
  });

  test.each([
    ['none', 0, 0],
    ['reactions', 6, 0],
    ['staff', 6, 0],
    ['all', 6, 1]
  ] as const)(
    '[CO7] where a TwinSpace chooses %s a pupil finds no more than that',
    async (comments, signs, words) => {
      await sit(angel, withPage({ comments }), at);
      await expect.element(page.getByRole('heading', { name: 'El Ebro', level: 1 })).toBeVisible();
      await expect.element(page.getByRole('button', { name: 'Escribir' }).first()).toBeVisible();
      await expect.poll(() => talk().getByRole('group').getByRole('button').elements().length).toBe(signs);
      expect(talk().getByRole('textbox').elements()).toHaveLength(words);
    }
  );

  test('[CO2] one chooses the paragraph, by keyboard too; it quotes it', async () => {
    const doc = pageDocument();
    bodyOf(doc).push([
      newBlock({}, 'Nace en Fontibre'),
      newBlock({ kind: 'bullet' }, 'El Arga'),
      newBlock({})
    ]);
    const picked: unknown[] = [];
    await render(PageReader, {
      parts: pageTree(doc, { blocks: true }),
      lang: 'es',
      onpick: (block: string, words: string) => void picked.push([block, words])
    });
    const choose = (words: string) => page.getByRole('button', { name: `Sobre este: ${words}` });
    await choose('Nace en Fontibre').click();
    await userEvent.tab();
    await expect.element(choose('El Arga')).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    const ids = picked.map((one) => (one as [string, string])[0]);
    expect(picked).toEqual([
      [ids[0], 'Nace en Fontibre'],
      [ids[1], 'El Arga']
    ]);
    expect(document.querySelector(`[data-block="${ids[0] ?? ''}"]`)).toHaveTextContent('Nace en Fontibre');
    expect(page.getByRole('button').elements()).toHaveLength(2);
    await accessible('choosing a paragraph');
  });
});

describe('handing in', () => {
  test('[HI1] a pupil hands a page in and takes it back', async () => {
    await sit(angel, withPage(), at);
    await page.getByRole('button', { name: 'Entregar', exact: true }).click();
    await expect.element(page.getByText('La entregaste el')).toBeVisible();
    await accessible('handed in');
    await page.getByRole('button', { name: 'Retirar la entrega' }).click();
    await expect.element(page.getByRole('button', { name: 'Entregar', exact: true })).toBeVisible();
  });

  test('[HI2] a teacher sees in the list what is handed in', async () => {
    const world = withPage();
    world.do(angel, 'page.hand-in', { page: ebro, handed: true });
    await sit(luca, world, `/space/${rios}/pages`);
    await expect.element(page.getByRole('heading', { name: 'Páginas entregadas' })).toBeVisible();
    await accessible('pages handed in');
  });

  test('[HI2, CO11] and gives it back, with an answer', async () => {
    const world = withPage();
    world.do(angel, 'page.hand-in', { page: ebro, handed: true });
    const app = await sit(luca, world, at);
    await page.getByRole('button', { name: 'Devolver' }).click();
    const dialog = page.getByRole('dialog');
    await accessible('giving back');
    await dialog.getByLabelText('Tu respuesta').fill('Muy bien. Añade un mapa.');
    await expect.poll(() => app.db.unsent.count()).toBe(1);
    await userEvent.keyboard('{Escape}');
    await page.getByRole('button', { name: 'Devolver' }).click();
    await expect.element(dialog.getByLabelText('Tu respuesta')).toHaveValue('Muy bien. Añade un mapa.');
    await dialog.getByRole('button', { name: 'Devolver' }).click();
    await expect.element(talk().getByText('Muy bien. Añade un mapa.')).toBeVisible();
    await expect.element(page.getByText('la entregó el')).not.toBeInTheDocument();
    await expect.poll(() => app.db.unsent.count()).toBe(0);
  });
});
