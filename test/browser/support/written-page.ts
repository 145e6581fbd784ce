import { expect } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import * as Y from 'yjs';
import PageWriter from '#lib/ui/pages/writing/PageWriter.svelte';
import { inspectEdit } from '#lib/yjs/inspect.ts';
import { pageDocument } from '#lib/yjs/page-document.ts';
import { pageTree, type Part, type Run } from '#lib/yjs/page-tree.ts';
import { bodyOf } from '../../support/page-edits.ts';

const said = (runs: readonly Run[]): string =>
  runs
    .map(({ text, marks, href }) => {
      const looks = [...marks, ...(href === undefined ? [] : [href])].join(' ');
      return looks === '' ? text : `{${looks}|${text}}`;
    })
    .join('');

/** What stands in the page for whoever reads it. */
export function told(parts: readonly Part[]): readonly string[] {
  return parts.map((part) => {
    switch (part.is) {
      case 'paragraph':
        return said(part.runs);
      case 'heading':
        return `h${part.level}: ${said(part.runs)}`;
      case 'list':
        return `${part.kind}: ${part.items
          .map(
            ({ runs, checked, lists }) =>
              `${checked === true ? '✓' : ''}${said(runs)}${lists.length > 0 ? `(${told(lists).join()})` : ''}`
          )
          .join(' | ')}`;
      case 'quote':
      case 'callout':
        return `${part.is}: ${told(part.paragraphs).join(' / ')}`;
      case 'table':
        return part.rows
          .map((row) =>
            row
              .map(({ header, parts: inner }) => `${header ? '*' : ''}${told(inner).join(' / ')}`)
              .join(' | ')
          )
          .join(' || ');
      default:
        return part.is;
    }
  });
}

/** From where something comes that nobody typed here. */
const others = Symbol('others');

/** A page that is being written; every edit of it is one that the relay takes. */
export async function writing(...blocks: readonly Y.XmlElement[]) {
  const doc = pageDocument({ keepDeleted: true });
  doc.clientID = 7;
  const relay = pageDocument();
  if (blocks.length > 0) relay.transact(() => bodyOf(relay).push([...blocks]));
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(relay));
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin === others) return;
    expect(inspectEdit(update, { doc: relay, bytes: 0 }, doc.clientID)).toBeUndefined();
    Y.applyUpdate(relay, update);
  });
  const shown = await render(PageWriter, { doc, title: 'El Ebro', lang: 'es', focused: true });
  const text = page.getByRole('textbox', { name: 'El Ebro' });
  await expect.element(text).toHaveFocus();
  return {
    doc,
    text,
    read: () => told(pageTree(relay)),
    /** Somebody else writes in it. */
    hears: (act: (body: Y.XmlFragment) => void) => {
      const theirs = pageDocument();
      Y.applyUpdate(theirs, Y.encodeStateAsUpdate(relay));
      act(bodyOf(theirs));
      Y.applyUpdate(relay, Y.encodeStateAsUpdate(theirs));
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(relay), others);
    },
    /** Something was refused: the same writer goes on over another document. */
    goOnWith: (other: Y.Doc) => shown.rerender({ doc: other })
  };
}
