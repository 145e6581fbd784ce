import { afterEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import * as Y from 'yjs';
import { toggleKind, togglePlain } from '#lib/editor/commands.ts';
import { PageEditor } from '#lib/editor/page-editor.ts';
import { inspectEdit } from '#lib/yjs/inspect.ts';
import { pageDocument } from '#lib/yjs/page-document.ts';
import { pageTree } from '#lib/yjs/page-tree.ts';
import { bodyOf, newBlock, newElement } from '../support/page-edits.ts';

/** Somebody who writes in a page, and the relay's page, into which every edit goes that it lets in. */
class Seat {
  readonly doc = pageDocument({ keepDeleted: true });
  readonly relay: Y.Doc;
  readonly place = document.createElement('div');
  readonly edits: Uint8Array[] = [];
  #editor: PageEditor | undefined;
  #online = true;
  #waiting: Uint8Array[] = [];

  constructor(relay: Y.Doc, client: number) {
    this.relay = relay;
    this.doc.clientID = client;
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(relay));
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'relay') return;
      this.edits.push(update);
      if (this.#online) this.#send(update);
      else this.#waiting.push(update);
    });
    relay.on('update', (update: Uint8Array) => {
      if (this.#online) Y.applyUpdate(this.doc, update, 'relay');
    });
    document.body.append(this.place);
  }

  /** The network goes. */
  cut(): void {
    this.#online = false;
  }

  /** It is back: what was written goes up, what others wrote comes down. */
  mend(): void {
    this.#online = true;
    for (const update of this.#waiting.splice(0)) this.#send(update);
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(this.relay), 'relay');
  }

  #send(update: Uint8Array): void {
    expect(inspectEdit(update, { doc: this.relay, bytes: 0 }, this.doc.clientID)).toBeUndefined();
    Y.applyUpdate(this.relay, update);
  }

  open(): PageEditor {
    this.#editor = new PageEditor(this.doc, {
      place: this.place,
      label: 'El Ebro',
      unnamed: 'Tarea sin texto',
      lang: 'es',
      onchange: () => undefined
    });
    return this.#editor;
  }

  get shown(): string {
    return this.place.innerText;
  }

  close(): void {
    this.#editor?.close();
    this.#editor = undefined;
  }
}

let seats: Seat[] = [];
afterEach(() => {
  for (const seat of seats) {
    seat.close();
    seat.place.remove();
  }
  seats = [];
});

function page(...blocks: readonly Y.XmlElement[]): Y.Doc {
  const doc = pageDocument();
  if (blocks.length > 0) doc.transact(() => bodyOf(doc).push([...blocks]));
  return doc;
}

function sits(relay: Y.Doc): Seat {
  const seat = new Seat(relay, 101 + seats.length);
  seats.push(seat);
  return seat;
}

/** What readers see: the kind of each part, and its text. */
function read(doc: Y.Doc): readonly string[] {
  return pageTree(doc).map((part) => {
    switch (part.is) {
      case 'list':
        return `${part.kind}: ${part.items.map(({ runs }) => runs.map(({ text }) => text).join('')).join('|')}`;
      case 'heading':
      case 'paragraph':
        return `${part.is}: ${part.runs.map(({ text, marks }) => [...marks, text].join(' ')).join('')}`;
      default:
        return part.is;
    }
  });
}

describe('the editor of a page', () => {
  test('[PG4, PG7] opening and closing writes nothing, whatever a merge has left in the page', () => {
    const relay = page(
      newBlock({}, 'uno'),
      newElement('table', {}),
      newElement('rule', {}),
      newBlock({ kind: 'quote' })
    );
    relay.transact(() => {
      const [table] = bodyOf(relay)
        .toArray()
        .filter((one) => one instanceof Y.XmlElement && one.nodeName === 'table');
      if (table instanceof Y.XmlElement) table.push([newElement('row', {})]);
      // Two texts side by side, as two people make them who begin to write in one empty line.
      const [block] = bodyOf(relay).toArray();
      if (block instanceof Y.XmlElement) block.insert(1, [new Y.XmlText('dos')]);
    });
    const before = Y.encodeStateAsUpdate(relay);
    const seat = sits(relay);
    for (let times = 0; times < 3; times++) {
      seat.open().focus();
      seat.close();
    }
    expect(seat.edits).toEqual([]);
    expect(Y.encodeStateAsUpdate(seat.doc)).toEqual(before);
  });

  test('[PG7] an empty page gets its first line with the first sign, and the next one with Enter', async () => {
    const relay = page();
    const seat = sits(relay);
    seat.open().focus();
    await userEvent.keyboard('Nace{Enter}en Fontibre');
    expect(read(relay)).toEqual(['paragraph: Nace', 'paragraph: en Fontibre']);
  });

  test('[PG1, PG7] what is typed at a line’s start makes it a heading or a list; a list goes on, and ends with an empty line', async () => {
    const relay = page();
    const seat = sits(relay);
    seat.open().focus();
    await userEvent.keyboard('## El Ebro{Enter}- Arga{Enter}Jalón{Enter}{Enter}fin');
    expect(read(relay)).toEqual(['heading: El Ebro', 'bullet: Arga|Jalón', 'paragraph: fin']);
  });

  test('[PG1, PG7] a kind changes without the loss of what somebody else types meanwhile', async () => {
    const relay = page(newBlock({}, 'El Ebro'));
    const [ana, zoe] = [sits(relay), sits(relay)];
    const hers = ana.open();
    hers.focus();
    hers.run(toggleKind('heading-2'));
    zoe.open().focus();
    await userEvent.keyboard('{Control>}{End}{/Control} nace');
    expect(read(relay)).toEqual(['heading: El Ebro nace']);
    expect(ana.shown.trim()).toBe('El Ebro nace');
  });

  test('[PG7] two who begin to write in one empty line write in one text, and looking moves nothing', async () => {
    const relay = page();
    const [ana, zoe] = [sits(relay), sits(relay)];
    ana.open().focus();
    await userEvent.keyboard('uno{Enter}');
    // Both without a network from here on.
    ana.cut();
    zoe.cut();
    await userEvent.keyboard('hers');
    zoe.open().focus();
    await userEvent.keyboard('{Control>}{End}{/Control}theirs');
    ana.mend();
    zoe.mend();
    const written = [ana, zoe].map(({ edits }) => edits.length);
    for (const seat of [ana, zoe]) {
      seat.close();
      seat.open().focus();
    }
    expect([ana, zoe].map(({ edits }) => edits.length)).toEqual(written);
    expect(read(relay)[1]).toMatch(/^paragraph: (herstheirs|theirshers)$/);
    expect(read(ana.doc)).toEqual(read(relay));
    const [, second] = bodyOf(relay).toArray();
    expect(second instanceof Y.XmlElement && second.length).toBe(1);
  });

  test('[PG7] undo takes back what was done here, and nothing that others did', async () => {
    const relay = page(newBlock({}, 'río'));
    const [ana, zoe] = [sits(relay), sits(relay)];
    const [hers, theirs] = [ana.open(), zoe.open()];
    hers.focus();
    await userEvent.keyboard('{Control>}{End}{/Control} Ebro');
    theirs.focus();
    await userEvent.keyboard('{Control>}{Home}{/Control}El ');
    expect(read(relay)).toEqual(['paragraph: El río Ebro']);
    hers.undo();
    expect(read(relay)).toEqual(['paragraph: El río']);
    hers.redo();
    expect(read(relay)).toEqual(['paragraph: El río Ebro']);
  });

  test('[PG7] a line, a mark and a kind are taken back one by one, however fast they were made', async () => {
    const relay = page(newBlock({}, ''));
    const editor = sits(relay).open();
    editor.focus();
    await userEvent.keyboard('# Plan{Enter}Nace{Shift>}{Home}{/Shift}{Control>}b{/Control}');
    const whole = read(relay);
    expect(whole).toEqual(['heading: Plan', 'paragraph: bold Nace']);
    const undone = (): readonly string[] => {
      editor.undo();
      return read(relay);
    };
    expect(undone()).toEqual(['heading: Plan', 'paragraph: Nace']);
    expect(undone()).toEqual(['heading: Plan']);
    for (let time = 0; time < 2; time++) editor.redo();
    expect(read(relay)).toEqual(whole);
  });

  test('[PG1, PG7] marks are the ones that a page has', async () => {
    const relay = page(newBlock({}, 'río'));
    const seat = sits(relay);
    const editor = seat.open();
    editor.focus();
    await userEvent.keyboard('{Control>}a{/Control}');
    editor.run(togglePlain('bold'));
    expect(read(relay)).toEqual(['paragraph: bold río']);
  });
});
