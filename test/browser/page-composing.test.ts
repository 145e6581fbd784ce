import { describe, expect, test } from 'vitest';
import { cdp, userEvent } from 'vitest/browser';
import type * as Y from 'yjs';
import { pageDocument } from '#lib/yjs/page-document.ts';
import { pageTree } from '#lib/yjs/page-tree.ts';
import { bodyOf, newBlock } from '../support/page-edits.ts';
import { told, writing } from './support/written-page.ts';

/* What keyboards on screens and dead keys do, by the browser's own input protocol. */

/** Words that are being put together, underlined; the caret stands behind them. */
async function composes(text: string): Promise<void> {
  const [selectionStart, selectionEnd] = [text.length, text.length];
  await cdp().send('Input.imeSetComposition', { text, selectionStart, selectionEnd });
}

/** What was being put together becomes this. */
async function takes(text: string): Promise<void> {
  await cdp().send('Input.insertText', { text });
}

async function presses(key: string, code: number, times = 1): Promise<void> {
  const pressed = { key, code: key, windowsVirtualKeyCode: code };
  for (let at = 0; at < times; at++)
    await cdp().send('Input.dispatchKeyEvent', {
      ...pressed,
      type: 'rawKeyDown',
      autoRepeat: at > 0
    });
  await cdp().send('Input.dispatchKeyEvent', { ...pressed, type: 'keyUp' });
}

/** The caret stands in this line, before so many signs, and the editor has heard of it. */
function caretIn(line: string, offset: number): void {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode() && texts.currentNode.nodeValue !== line);
  getSelection()?.collapse(texts.currentNode, offset);
  document.dispatchEvent(new Event('selectionchange'));
}

describe('words that are put together', () => {
  test('[PV5, PG3] a Spanish dead key gives one letter, and no accent of its own', async () => {
    const { read } = await writing();
    await userEvent.keyboard('Nac');
    await composes('´');
    await takes('í');
    await userEvent.keyboard('a');
    expect(read()).toEqual(['Nacía']);
  });

  test('[PV5, PG3] a suggestion that is taken stands in the place of what was typed for it, in the middle of a line too', async () => {
    const { read } = await writing(newBlock({}, 'El  baja'));
    caretIn('El  baja', 3);
    for (const part of ['a', 'ag', 'agu']) await composes(part);
    await takes('agua');
    expect(read()).toEqual(['El agua baja']);
    await userEvent.keyboard('{End}{Enter}');
    for (const part of ['r', 'ri', 'rio']) await composes(part);
    await takes('río ');
    expect(read()).toEqual(['El agua baja', 'río ']);
  });

  test('[PV5, PG3] Enter with a suggestion takes it and begins one line', async () => {
    const { read } = await writing();
    await composes('rio');
    await takes('río');
    await presses('Enter', 13);
    await userEvent.keyboard('mar');
    expect(read()).toEqual(['río', 'mar']);
  });

  test('[PV5, PG3] Backspace that is held goes through line after line, and what was being put together goes first', async () => {
    const { read } = await writing(
      newBlock({}, 'uno'),
      newBlock({ kind: 'bullet' }, 'dos'),
      newBlock({}, 't')
    );
    await composes('res');
    await composes('');
    expect(read()).toEqual(['uno', 'bullet: dos', 't']);
    // The sign, the line, the three of the entry, the list that it ends, the line, one of the first.
    await presses('Backspace', 8, 8);
    expect(read()).toEqual(['un']);
  });

  test('[PV5, PG3] what others write meanwhile breaks off nobody who puts words together', async () => {
    const { doc, read, hears } = await writing(newBlock({}, 'uno'), newBlock({}, 'dos'));
    await composes('tre');
    hears((body) => body.insert(0, [newBlock({}, 'cero')]));
    await composes('tres');
    await takes('tres');
    expect(told(pageTree(doc))).toEqual(['cero', 'uno', 'dostres']);
    expect(read().at(-1)).toBe('dostres');
  });
});

describe('a page from which something refused is taken while one writes', () => {
  /** The same page with other structs, as it is made anew. */
  function without(text: string, lines: readonly string[]): Y.Doc {
    const doc = pageDocument({ keepDeleted: true });
    bodyOf(doc).insert(
      0,
      lines.filter((line) => line !== text).map((line) => newBlock({}, line))
    );
    return doc;
  }

  test('[WR6, PV5] the caret, the focus and what stands around it stay; the next letter goes where it would have gone', async () => {
    const lines = ['rechazado', 'Nace en Fontibre', 'y muere en el mar'];
    const { text, goOnWith } = await writing(...lines.map((line) => newBlock({}, line)));
    caretIn('Nace en Fontibre', 4);
    let blurs = 0;
    text.element().addEventListener('blur', () => blurs++);
    const line = document.querySelector('.ProseMirror > :nth-child(3)');
    const next = without('rechazado', lines);
    await goOnWith(next);
    await userEvent.keyboard('!');
    expect(told(pageTree(next))).toEqual(['Nace! en Fontibre', 'y muere en el mar']);
    expect(blurs).toBe(0);
    await expect.element(text).toHaveFocus();
    expect(line?.isConnected).toBe(true);
  });

  test('[WR6, PV5] whoever stands in what is taken away stands where it stood; a selection stays one', async () => {
    const lines = ['uno', 'rechazado', 'dos'];
    const { goOnWith } = await writing(...lines.map((line) => newBlock({}, line)));
    caretIn('rechazado', 9);
    const next = without('rechazado', lines);
    await goOnWith(next);
    await userEvent.keyboard('x');
    expect(told(pageTree(next))).toEqual(['uno', 'xdos']);
    await userEvent.keyboard('{Control>}a{/Control}');
    const last = without('nichts', ['uno dos']);
    await goOnWith(last);
    await userEvent.keyboard('z');
    expect(told(pageTree(last))).toEqual(['z']);
  });

  test('[WR6, PV5] it goes on in the middle of a word that is put together', async () => {
    const lines = ['rechazado', 'El '];
    const { goOnWith } = await writing(...lines.map((line) => newBlock({}, line)));
    await composes('agu');
    const next = without('rechazado', ['rechazado', 'El agu']);
    await goOnWith(next);
    await composes('agua');
    await takes('agua');
    expect(told(pageTree(next))).toEqual(['El agua']);
  });
});
